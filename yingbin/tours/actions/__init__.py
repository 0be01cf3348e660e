"""Every write of corporate visits."""
