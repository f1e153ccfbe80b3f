"""Many variants of one bill."""
