"""What the pages about people send in, parsed and checked; nothing here saves."""
