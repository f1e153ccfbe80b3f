"""Charts of an assessment: their rows, and their figures of plotly."""
