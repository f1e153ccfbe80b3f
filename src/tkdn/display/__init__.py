"""Views as values, and their five renderings: terminal, notebook, Markdown, CSV, workbook; data frames; doors."""
