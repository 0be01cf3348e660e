"""Changes of the tables of `customers`."""
