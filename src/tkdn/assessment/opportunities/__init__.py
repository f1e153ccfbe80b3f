"""Opportunities: single moves that could lift a product, each with its exact gain."""
