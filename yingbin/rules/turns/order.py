"""The gallery's standing order, in which everyone keeps a place: how a day opens and closes on it.

A day's queue begins as the standing order restricted to those signed in (policy `opening`, TQ-11)
and, when the day closes, the standing order takes over what the day did to the places.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from yingbin.rules.turns.state import State

OPENINGS = ("carry", "sign_in", "manual")


def opening_queue(
    standing: Sequence[str],
    signed_in: Sequence[str],
    policy_opening: str = "carry",
    manual: Sequence[str] = (),
) -> list[str]:
    """The queue with which a day opens: exactly those signed in, each once.

    signed_in is in order of signing in. `carry`: by the standing order; `sign_in`: as they signed
    in; `manual`: as the manager put them. Whoever the order used does not know follows at the tail,
    as they signed in; whoever in it is not signed in is left out. ValueError: unknown policy.
    """
    if policy_opening not in OPENINGS:
        raise ValueError(f"unknown opening policy {policy_opening!r}")
    order = {"carry": standing, "sign_in": signed_in, "manual": manual}[policy_opening]
    present = set(signed_in)
    known = [who for who in dict.fromkeys(order) if who in present]
    return known + _beyond(signed_in, known)


def standing_after(standing: Sequence[str], day_opening: Sequence[str], state: State) -> list[str]:
    """The standing order after the day that opened with `day_opening` and closes with `state`.

    The slots held by the day's people are refilled in the day's closing order. Absent people keep
    their slots. Someone new to the standing order brings a slot of their own at its end, so that
    they too stand among the day's people as the day left them. Nothing moves in a day without
    events that opened by `carry`, nor when everybody merely signs out.
    ValueError: someone of the opening is unknown to `state`, so it is not that day's.
    """
    order = closing_order(state)
    if strangers := _beyond(day_opening, order):
        raise ValueError(f"not of this day: {strangers}")
    of_the_day = set(order)
    refill = iter(order)
    slots = [*standing, *_beyond(order, standing)]
    return [next(refill) if who in of_the_day else who for who in slots]


def closing_order(state: State) -> list[str]:
    """The day's people in order: those who signed out stand where they stood when they did.

    They are put back in reverse order of departure, at the index each held, at most the tail: the
    last to go is the first to be put back, so that each index means what it meant.
    """
    order = list(state.queue)
    for who, index in reversed(state.departed):
        order.insert(index, who)
    return order


def _beyond(people: Sequence[str], known: Collection[str]) -> list[str]:
    """Those of `people` who are not in `known`, each once, in order."""
    seen = set(known)
    return [who for who in dict.fromkeys(people) if who not in seen]
