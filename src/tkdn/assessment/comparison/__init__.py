"""Two assessments, and a history of releases, beside each other."""
