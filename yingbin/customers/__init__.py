"""Customers: one person, many phones; found in one box, masked by default."""
