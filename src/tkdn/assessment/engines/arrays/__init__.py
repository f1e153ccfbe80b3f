"""The walk on arrays: the same rules at array speed, for large bills, many variants and many bills."""
