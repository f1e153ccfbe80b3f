"""Engines: the figures of one bill under one law on one day, and what they become if a part moves; one a method of the law."""
