"""The report as one page of HTML that works offline, in English and Indonesian."""

from tkdn.report.html.page import to_html, write_html

__all__ = ["to_html", "write_html"]
