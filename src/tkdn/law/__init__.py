"""The law as data: regulations with dated values, each with its article and how well it is known."""
