"""What an assessment finds beside its figures: gaps, assumptions, warnings."""
