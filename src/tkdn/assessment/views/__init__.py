"""Views of an assessment and of what is asked of it: titles, tables, facts and lines in both languages."""
