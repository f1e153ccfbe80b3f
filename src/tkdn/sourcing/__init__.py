"""Suppliers of a directory matched with the parts of a bill."""
