"""The ministry's forms as people filled them in: Formulir 1.1 to 1.9 of Permenperin 16/2011."""
