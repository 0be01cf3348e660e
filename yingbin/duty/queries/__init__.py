"""Days on duty read."""
