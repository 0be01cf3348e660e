"""Holds every fact of a case against its journal entry: kind, time, people, clause, line and words.

Each kind of fact says what its entry makes of it; whatever the entry doesn't hold is named as not proven.
Standard library and the rules only: it is part of the checker that goes with a packet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import words
from .chronicle import Chronicle, Entry, when
from .telling import KINDS, Fact, NotSo, Told


@dataclass
class Held:
    """One fact: what doesn't fit, and what can't be proven."""

    wrong: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)


def hold(made: Chronicle, fact: Fact) -> Held:
    """Compares one fact with the entry that it names."""
    held = Held()
    seq, kind = fact["seq"], fact["kind"]
    if kind not in KINDS:
        held.wrong.append(f"没有「{kind}」这样的事")
        return held
    kinds, told = KINDS[kind]
    if seq is None:
        _without(held, fact)
        return held
    entry = made.entries.get(seq)
    if entry is None:
        held.wrong.append(f"记录链里没有第{seq}条")
    elif entry["kind"] not in kinds:
        held.wrong.append(f"记录链第{seq}条是「{entry['kind']}」，不能证明这样的事")
    elif seq in made.broken:
        held.wrong.append(f"记录链第{seq}条不能按规则重放")
    else:
        _compare(held, fact, entry, lambda: told(made, fact, entry))
    return held


# A card brought in by an import has no entry of its own.
_OUTSIDE = frozenset({"card"})


def _without(held: Held, fact: Fact) -> None:
    if fact["kind"] not in _OUTSIDE:
        held.wrong.append("这样的事在记录链里都有编号，这一项却没有")
    if fact["receipt"] or fact["proof"]:
        held.wrong.append("没有记录链编号，却写着回执码或凭据")
    held.unproven.append("整项不在记录链里")


def _compare(held: Held, fact: Fact, entry: Entry, told: Callable[[], Told]) -> None:
    try:
        due = told()
    except NotSo as no:
        held.wrong.append(str(no))
        return
    except (KeyError, TypeError, ValueError, IndexError) as error:
        held.wrong.append(f"和记录链第{entry['seq']}条对不上（{type(error).__name__}）")
        return
    if fact["receipt"] != entry["receipt"]:
        held.wrong.append(f"回执码与记录链第{entry['seq']}条不符")
    if when(fact["at"]) != due.at:
        held.wrong.append(
            f"时间与记录链不符，记录链里是 {due.at.astimezone(words.WALL):%m-%d %H:%M:%S}"
        )
    if fact["title"] != due.title:
        held.wrong.append(f"这一行与记录链不符，应为「{due.title}」")
    if fact["clause"] != due.clause:
        held.wrong.append(f"条款与记录链不符，应为「{due.clause}」")
    if tuple(fact["people"]) != due.people:
        held.wrong.append("涉及的人与记录链不符")
    if due.detail is not None and fact["detail"] != due.detail:
        held.wrong.append("文字与记录链不符")
    if due.detail is None and fact["detail"]:
        held.unproven.append("这段文字")
    held.unproven += due.unproven
    if fact["strokes"] and fact["kind"] != "register":
        held.wrong.append("这样的事没有签名")


def candidates(made: Chronicle, fact: Fact) -> list[int]:
    """Entries that could prove a fact: of a kind that fits, about what it is about."""
    kinds = KINDS[fact["kind"]][0]
    named = [(n, v) for n, v in fact["about"].items() if isinstance(v, str)]
    return sorted({seq for name, value in named for seq in made.of(name, value, *kinds)})


def order(fact: Fact) -> tuple[bool, int, int, int, str]:
    """Where a fact stands in the file: by its entry, then as things follow one another within a write."""
    seq, about = fact["seq"], fact["about"]
    place = list(KINDS).index(fact["kind"]) if fact["kind"] in KINDS else -1
    return seq is None, seq or 0, place, about.get("position", 0), fact["at"] if seq is None else ""


# Which fact must show an entry about the case's customers or visits.
_OF_CUSTOMER = {
    "call.taken": "call",
    "channel.registered": "channel",
    "customer.receiver": "receiver",
    "customer.registered": "card",
    "register.signed": "register",
}
_OF_VISIT = {
    "turn.accepted": "accepted",
    "turn.called_again": "nudge",
    "turn.change_asked": "nudge",
    "reception.step": "step",
    "claim.asked": "claim",
    "claim.declined": "claim",
    "needs.told": "needs",
    "visit.late": "visit",
}
_OF_DISPUTE = {"dispute.stated": "statement", "dispute.ruled": "ruling"}

Mark = tuple[str, int, int]


def missing(made: Chronicle, case: Mapping[str, Any]) -> Iterator[str]:
    """Entries about the case's customers, visits and disputes that no fact shows, and facts shown twice."""
    shown = [mark for f in case["facts"] if (mark := mark_of(f))]
    for kind, seq, _ in sorted(_due(made, case) - set(shown), key=lambda m: (m[1], m[0])):
        yield f"漏了记录链第{seq}条（{made.entries[seq]['kind']}，应有一项「{kind}」）"
    for one in sorted({m for m in shown if shown.count(m) > 1}, key=lambda m: m[1]):
        yield f"记录链第{one[1]}条列了两次"


def mark_of(fact: Fact) -> Mark | None:
    """What tells a fact from all others; None for those that need not be there just once."""
    seq, kind = fact["seq"], fact["kind"]
    if seq is None or kind == "notice" or (kind == "register" and not fact["about"].get("entry")):
        return None
    return kind, seq, fact["about"].get("position", 0)


def _due(made: Chronicle, case: Mapping[str, Any]) -> set[Mark]:
    visits = {f["about"]["visit"] for f in case["facts"] if f["about"].get("visit")}
    disputes = {f["about"]["dispute"] for f in case["facts"] if f["about"].get("dispute")}
    due = _entries(made, "customer", case["customers"], _OF_CUSTOMER)
    due |= _entries(made, "visit", visits, _OF_VISIT)
    due |= _entries(made, "dispute", disputes, _OF_DISPUTE)
    due |= {("visit", made.arrived[v], 0) for v in visits if v in made.arrived}
    for seq, decisions in made.decisions.items():
        due |= {("decision", seq, n) for n, d in enumerate(decisions) if d.visit in visits}
    for visit in visits:
        due |= {("ended", s.ended[0], 0) for s in made.stays.get(visit, ()) if s.ended}
    return due


def _entries(
    made: Chronicle, name: str, values: Iterable[str], kinds: Mapping[str, str]
) -> set[Mark]:
    return {
        (kinds[made.entries[n]["kind"]], n, 0) for v in values for n in made.of(name, v, *kinds)
    }
