"""Comparisons: of two assessments with each other, and of the releases of a bill one after the other."""
