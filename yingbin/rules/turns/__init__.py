"""The sales gallery's turn queue: a day's state, its events, what is decided and why (TQ-1, 1.1, 1.2, 4 to 11)."""
