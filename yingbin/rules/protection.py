"""Channels and protection periods: an optional policy, off by default; pure questions about moments."""

from __future__ import annotations

from datetime import datetime, timedelta


def registration_standing(*, known_before: bool, taken_by_another: bool) -> str:
    """What a channel's registration is worth when it is made: `valid`, `known` or `taken`.

    known_before: the customer visited or was registered before; taken_by_another: another channel's
    registration is still valid. The first channel wins.
    """
    if known_before:
        return "known"
    return "taken" if taken_by_another else "valid"


def counts_at(
    *, standing: str, made_at: datetime, valid_until: datetime, at: datetime, before_minutes: int
) -> bool:
    """Whether a registration counts for a visit at `at`: valid, in time, not expired."""
    early_enough = at - made_at >= timedelta(minutes=before_minutes)
    return standing == "valid" and early_enough and at <= valid_until


def protected(*, last_contact: datetime | None, at: datetime, days: int) -> bool:
    """Whether a receiver of record still keeps their customer; days 0: for ever."""
    if days <= 0 or last_contact is None:
        return True
    return at - last_contact <= timedelta(days=days)
