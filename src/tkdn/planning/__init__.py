"""Plans: which measures reach a target at least cost; and the regional lens."""
