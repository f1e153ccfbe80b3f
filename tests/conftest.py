"""What all tests share."""

from __future__ import annotations

import os

os.environ.pop("COLUMNS", None)  # parallel test runners give their workers a width, and piped output has one of its own
