"""The arithmetic of each regulation, in numbers: it knows neither bills nor documents."""
