"""Notices: on screen at once, and through the outbox to group robots and mail."""
