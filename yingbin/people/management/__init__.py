"""Management of `people`."""
