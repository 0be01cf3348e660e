"""What the desk's pages take in; nothing here saves."""
