"""The report as a page, and the ministry's forms, filled in."""
