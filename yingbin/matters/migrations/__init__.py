"""Changes of the tables of `matters`."""
