"""可核验的卷宗: a case's files for someone outside, each fact with the entry that proves it (TQ-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal import keys
from yingbin.journal.bundle import MODULES, in_one_file, one_file
from yingbin.journal.canonical import stamp
from yingbin.journal.commit import name_salt, salted
from yingbin.journal.export import export_lines
from yingbin.journal.verify import canonical, read
from yingbin.rules.gone import colleague

from ..models import QueueState
from ..offline.chronicle import Chronicle, chronicle
from ..offline.held import candidates, hold, order
from ..offline.packet import MANIFEST, Case, as_text, check_case, digest
from .facts import Fact

OFFLINE = ("words", "chronicle", "telling", "held", "page", "packet", "check_case")
HEAD = '''#!/usr/bin/env python3
"""Checks a packet of a case file. Needs Python 3.11 or newer and nothing else; no network, no database.

    python3 check_case.py          in the folder with case.json, names.json, case.html, journal.jsonl, manifest.json

Below stand, unchanged, the sources of the program that decided and of the ones that verify.
"""

import importlib.abc
import importlib.util
import sys

SOURCES = {}
'''


@dataclass(frozen=True)
class About:
    """Whose case it is: the title, the dispute's number, the cards of the customer, what they are called."""

    title: str
    customers: list[UUID]
    called: str
    phone: str
    dispute: int | None = None
    parties: list[str] = field(default_factory=list)


def checker() -> str:
    """The text of the program that checks a packet."""
    own = [f"yingbin.gallery.offline.{name}" for name in OFFLINE]
    return in_one_file(
        HEAD, [*MODULES, "yingbin.rules.gone", *own], "yingbin.gallery.offline.check_case"
    )


def pack(
    site_id: UUID,
    about: About,
    facts: Iterable[Fact],
    names: Mapping[str, str],
    *,
    at: datetime,
    readme: str,
) -> dict[str, bytes]:
    """The files of a packet by name; the manifest over them is signed with the journal's key."""
    lines = list(export_lines(site_id))
    journal = read(lines)
    days = _names_by_day(site_id)
    made = chronicle(
        (entry for _, entry in journal.entries),
        lambda day, who: colleague(days.get(day, {}), who),
    )
    body = _case(site_id, about, facts, made)
    case = Case(body, _key_file(site_id, body, dict(names), days, made))
    told = {
        "case.json": as_text(case.body),
        "names.json": as_text(case.names),
        "case.html": check_case(case, journal, str(site_id)).page,
        "journal.jsonl": "".join(lines),
        "verify.py": one_file(),
        "check_case.py": checker(),
        "README.txt": readme,
    }
    packed = {name: text.encode() for name, text in told.items()}
    return packed | {MANIFEST: manifest(str(site_id), packed, at)}


def manifest(site: str, packed: Mapping[str, bytes], at: datetime) -> bytes:
    """The signed list of a packet's files with their fingerprints."""
    prints = {name: digest(data) for name, data in packed.items()}
    body = {"yingbin_packet": 1, "site": site, "made_at": stamp(at), "files": prints}
    signature = keys.signing_key().sign(canonical(body)).hex()
    return as_text({"packet": body, "signature": signature}).encode()


def _names_by_day(site_id: UUID) -> dict[str, dict[str, str]]:
    rows = QueueState.objects.filter(site_id=site_id).values_list("day__day", "names")
    return {day.isoformat(): names for day, names in rows}


def _case(site_id: UUID, about: About, facts: Iterable[Fact], made: Chronicle) -> dict[str, object]:
    told = [_placed(made, _plain(f)) for f in facts]
    return {
        "yingbin_case": 2,
        "site": str(site_id),
        "title": about.title,
        "dispute": about.dispute,
        "customer": {"called": about.called, "phone": about.phone},
        "customers": [str(c) for c in about.customers],
        "parties": about.parties,
        "facts": sorted(told, key=order),
    }


def _plain(f: Fact) -> dict[str, object]:
    """A fact for the file: times in UTC, people by id."""
    return {
        "at": f.at.isoformat(),
        "kind": f.kind,
        "title": f.title,
        "detail": f.detail,
        "clause": f.clause,
        "receipt": f.receipt,
        "seq": f.came_with if f.seq is None else f.seq,
        "people": [str(p) for p in f.people],
        "about": f.about,
        "strokes": f.strokes,
        "proof": f.proof,
    }


def _placed(made: Chronicle, fact: dict[str, Any]) -> dict[str, object]:
    """The fact with the entry that proves it; without one where the journal has none."""
    found = [fact["seq"]] if fact["seq"] is not None else candidates(made, fact)
    for seq in found:
        entry = made.entries.get(seq)
        tried = fact | {"seq": seq, "receipt": entry["receipt"] if entry else ""}
        if seq == found[-1] or not hold(made, tried).wrong:
            return tried
    return fact


def _key_file(
    site_id: UUID,
    body: Mapping[str, Any],
    names: dict[str, str],
    days: Mapping[str, Mapping[str, str]],
    made: Chronicle,
) -> dict[str, object]:
    """Who is who, as far as the case names people, with the salts of names that the journal committed to."""
    told: dict[str, dict[str, str]] = {}
    people = dict(names)
    for fact in body["facts"]:
        if fact["kind"] != "decision" or fact["seq"] not in made.entries:
            continue
        day = made.entries[fact["seq"]]["body"]["day"]
        said = {w: n for w, n in days.get(day, {}).items() if n and n in fact["detail"]}
        for who, name in said.items():
            people.setdefault(who, name)
            if people[who] != name:
                told.setdefault(day, {})[who] = name
    salts = {who: name_salt(site_id, who) for who in people}
    kept = _committed(made)
    fit = {w for w, n in people.items() if salted(n, salts[w]) in kept.get(w, ())}
    return {"people": people, "days": told, "salts": {w: salts[w] for w in sorted(fit)}}


def _committed(made: Chronicle) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in made.entries.values():
        if entry["kind"] == "day.opened":
            for who, kept in entry["body"].get("names", {}).items():
                found.setdefault(who, set()).add(kept)
    return found
