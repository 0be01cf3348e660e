"""A packet taken apart: its manifest, its facts, its names and its page, each held against the journal inside.

Standard library and the rules only: it is part of the checker that goes with a packet.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yingbin.journal import ed25519
from yingbin.journal.reading import Body, Unfit, parse
from yingbin.journal.verify import Journal, canonical
from yingbin.rules.gone import colleague

from .chronicle import Chronicle, chronicle
from .held import Held, hold, missing
from .held import order as order_of
from .page import write_page
from .telling import commitment

MANIFEST = "manifest.json"
Files = Mapping[str, bytes]

_CASE = {"yingbin_case", "site", "title", "dispute", "customer", "customers", "parties", "facts"}
_FACT = {
    "at", "kind", "title", "detail", "clause", "receipt", "seq", "people", "about", "strokes",
    "proof",
}  # fmt: skip
_NAMES = {"people", "days", "salts"}


@dataclass(frozen=True)
class Wrong:
    """Something that doesn't fit: in which file, which fact (counted from 1), in words."""

    file: str
    fact: int | None
    words: str

    def __str__(self) -> str:
        place = f"第{self.fact}项" if self.fact else ""
        return f"{self.file} {place}：{self.words}"


@dataclass
class Case:
    """A packet's case with its names, as far as they could be read."""

    body: Body
    names: Body

    def named(self, day: str, who: str) -> str:
        """What a person was called on a day."""
        on_day = self.names["days"].get(day, {})
        return str(on_day.get(who) or colleague(self.names["people"], who))


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def check_manifest(files: Files, public_key: str) -> Iterator[Wrong]:
    """Every file must be the one the house signed for, and no other may lie beside them."""
    try:
        signed = parse(files[MANIFEST].decode())
        body = signed["packet"]
        listed: dict[str, str] = dict(body["files"])
        signature = bytes.fromhex(signed["signature"])
        good = ed25519.verify(bytes.fromhex(public_key), canonical(body), signature)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        yield Wrong(MANIFEST, None, f"没有清单，或读不懂（{type(error).__name__}）")
        return
    if not good or set(signed) != {"packet", "signature"}:
        yield Wrong(MANIFEST, None, "清单的签名不成立")
    for name in sorted(listed.keys() | files.keys() - {MANIFEST}):
        if name not in files:
            yield Wrong(name, None, "清单里有，卷宗里没有")
        elif name not in listed:
            yield Wrong(name, None, "不在清单里，是后来放进来的")
        elif listed[name] != digest(files[name]):
            yield Wrong(name, None, "与清单里的指纹不符，被改过")


def read_case(files: Files) -> tuple[Case | None, list[Wrong]]:
    """The case and its names; what is not of their form is named."""
    wrong: list[Wrong] = []
    read: Body = {}
    for name, form in (("case.json", _form_of_case), ("names.json", _form_of_names)):
        try:
            read[name] = parse(files[name].decode())
            form(read[name])
        except (Unfit, KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
            wrong.append(Wrong(name, None, f"读不懂（{error or type(error).__name__}）"))
    return (None if wrong else Case(read["case.json"], read["names.json"])), wrong


def _form_of_case(case: Any) -> None:
    if set(case) != _CASE or case["yingbin_case"] != 2:
        raise Unfit("不是这一版卷宗的字段")
    for fact in case["facts"]:
        if set(fact) != _FACT:
            raise Unfit("有一项多了或少了字段")
        for name in ("at", "kind", "title", "detail", "clause", "receipt"):
            if not isinstance(fact[name], str):
                raise Unfit(f"{name} 应为文字")
        if fact["proof"] and set(fact["proof"]) != {"field", "words", "salt"}:
            raise Unfit("凭据的字段不对")


def _form_of_names(names: Any) -> None:
    if set(names) != _NAMES:
        raise Unfit("不是姓名对照的字段")
    if not all(isinstance(n, str) for n in names["people"].values()):
        raise Unfit("姓名应为文字")


@dataclass
class Checked:
    """What became of a packet: what doesn't fit, and of each fact what can't be proven."""

    wrong: list[Wrong]
    held: list[Held]
    known: set[str]
    page: str


def check_case(case: Case, journal: Journal, site: str) -> Checked:
    """Holds the facts and names against the journal and writes the page anew."""
    entries = [entry for _, entry in sorted(journal.entries, key=lambda e: e[1]["seq"])]
    made = chronicle(entries, case.named)
    held = [hold(made, fact) for fact in case.body["facts"]]
    wrong = [
        Wrong("case.json", n, f"（{case.body['facts'][n - 1]['title']}）{words}")
        for n, one in enumerate(held, 1)
        for words in one.wrong
    ]
    known, faults = _names(case, made)
    wrong += faults
    wrong += [Wrong("case.json", None, words) for words in _whole(case, made, site)]
    page = write_page(case.body, case.names["people"], [h.unproven for h in held], known)
    return Checked(wrong, held, known, page)


def _names(case: Case, made: Chronicle) -> tuple[set[str], list[Wrong]]:
    """Whose name fits a commitment of the journal; whose fits none though there are some."""
    held: dict[str, set[str]] = {}
    of_day: dict[tuple[str, str], str] = {}
    for entry in made.entries.values():
        if entry["kind"] == "day.opened":
            for who, kept in (entry["body"].get("names") or {}).items():
                held.setdefault(who, set()).add(kept)
                of_day[(entry["body"]["day"], who)] = kept
    known, wrong = set(), []
    salts = case.names["salts"]
    for who, name in case.names["people"].items():
        if who not in held or who not in salts:
            continue
        if commitment(name, salts[who]) in held[who]:
            known.add(who)
        else:
            wrong.append(Wrong("names.json", None, f"{name}（{who}）与记录链里的存证不符"))
    for day, people in case.names["days"].items():
        for who, name in people.items():
            kept = of_day.get((day, who))
            if kept and who in salts and commitment(name, salts[who]) != kept:
                wrong.append(Wrong("names.json", None, f"{day} 的{name}与记录链里的存证不符"))
    return known, wrong


def _whole(case: Case, made: Chronicle, site: str) -> Iterator[str]:
    """The file as a whole: whose, which dispute, nothing left out, nothing twice, in the journal's order."""
    body = case.body
    if body["site"] != site:
        yield "卷宗属于另一个项目"
    yield from missing(made, body)
    if [order_of(f) for f in body["facts"]] != sorted(order_of(f) for f in body["facts"]):
        yield "各项的先后被调换过"
    yield from _family(body, made)
    yield from _dispute(body, made)
    used = {p for f in body["facts"] for p in f["people"]} | set(body["parties"])
    for who in sorted(used - case.names["people"].keys()):
        yield f"姓名对照里没有 {who}"


def _family(body: Body, made: Chronicle) -> Iterator[str]:
    """The cards of one customer are those that standing merges join."""
    gone = {
        e["body"]["merge"] for e in made.entries.values() if e["kind"] == "customer.merge_undone"
    }
    joined: set[str] = set()
    ids = set(body["customers"])
    for entry in made.entries.values():
        if entry["kind"] != "customer.merged" or entry["body"]["merge"] in gone:
            continue
        pair = {entry["body"]["into"], entry["body"]["source"]}
        if pair & ids and not pair <= ids:
            yield f"记录链第{entry['seq']}条合并的另一张卡片不在卷宗里"
        joined |= pair
    if len(ids) > 1 and not ids <= joined:
        yield "卷宗里有一张没有合并过的卡片"


def _dispute(body: Body, made: Chronicle) -> Iterator[str]:
    if body["dispute"] is None:
        return
    opened = [e for e in made.entries.values() if e["kind"] == "dispute.opened"]
    number = body["dispute"]
    if not 1 <= number <= len(opened):
        yield f"记录链里没有争议第 {number} 号"
        return
    told = opened[number - 1]["body"]
    if told["parties"] != body["parties"] or told["customer"] not in body["customers"]:
        yield f"争议第 {number} 号的当事人或客户与记录链不符"
    if body["title"] != f"争议第 {number} 号":
        yield "标题与争议的编号不符"


def as_text(value: Any) -> str:
    """How the files of a packet are written."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
