"""Matters: whatever someone owes an answer to."""
