"""Sign-in, staff, first run."""
