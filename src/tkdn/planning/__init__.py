"""Plans: the measures that reach a target at least cost; and the regional lens."""
