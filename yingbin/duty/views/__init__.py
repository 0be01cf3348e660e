"""Pages of days on duty."""
