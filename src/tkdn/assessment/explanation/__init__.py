"""Every step behind a figure."""
