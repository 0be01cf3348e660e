"""Tags of `notices`."""
