"""Findings of an assessment, next to its figures: gaps, assumptions, warnings."""
