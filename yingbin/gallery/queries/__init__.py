"""Everything the gallery's pages read; the only way a view gets an object."""
