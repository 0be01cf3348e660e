"""Corporate visits."""
