"""Verbs of a day on duty; each is one idempotent write decided by `rules.duty`."""
