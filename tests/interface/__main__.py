"""Renew the stored public interface."""

from tests.interface import STORED, interface

if __name__ == "__main__":
    STORED.write_text(interface(), encoding="utf-8")
