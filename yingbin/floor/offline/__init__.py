"""Programs that leave the house and run without it."""
