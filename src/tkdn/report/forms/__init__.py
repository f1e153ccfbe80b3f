"""The ministry"s forms filled in, as a workbook that calculates."""

from tkdn.report.forms.writing import check_forms, write_forms

__all__ = ["check_forms", "write_forms"]
