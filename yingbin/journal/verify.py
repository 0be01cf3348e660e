"""Verifying an exported journal with nothing but Python: chain, signed roots, receipts, and the decisions replayed.

The file is read line by line: a head, the entries, the signed roots, an end. Every fault names its line and
its entry. What can be found: an entry changed, dropped, inserted or moved; a tail cut off (against the end
line, a signed root or a receipt); a chain rewritten whole (against a signed root or a receipt).
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yingbin.journal import ed25519
from yingbin.journal.conduct import Conduct
from yingbin.journal.lines import check_lines, roots_at
from yingbin.journal.reading import (
    CLOSINGS,
    FIELDS,
    GENESIS,
    Body,
    EntryForm,
    Fault,
    Journal,
    RootForm,
    read,
)

if TYPE_CHECKING:
    from yingbin.rules.turns.state import State

__all__ = ["FIELDS", "GENESIS", "Fault", "Journal", "canonical", "read", "receipt_of", "verify"]

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def canonical(value: object) -> bytes:
    """RFC 8785 for what occurs in the journal: null, booleans, integers, text, lists, objects."""
    return (_QUICK.encode(value) if _is_simple(value) else _text(value)).encode()


# Sorts by code point, as RFC 8785 sorts keys of ASCII.
_QUICK = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_simple(value: object) -> bool:
    if isinstance(value, dict):
        return all(k.isascii() for k in value) and all(map(_is_simple, value.values()))
    return all(map(_is_simple, value)) if isinstance(value, list) else not isinstance(value, float)


def _text(value: object) -> str:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{_text(k)}:{_text(value[k])}" for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, float):
        raise ValueError("a float has no place in the journal")
    return json.dumps(value, ensure_ascii=False)


def receipt_of(hash_: bytes) -> str:
    """The receipt code of an entry's hash."""
    number = int.from_bytes(hash_[:5], "big")
    text = "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"


# The chain


def check_chain(journal: Journal) -> list[Fault]:
    """Entries changed, dropped, inserted, moved; the tail cut."""
    faults = _order(journal) + _contents(journal) + _links(journal)
    return faults + _ending(journal)


def _order(journal: Journal) -> list[Fault]:
    faults, seen = [], set()
    present = {entry["seq"] for _, entry in journal.entries}
    before = 0
    for line, entry in journal.entries:
        seq = entry["seq"]
        if seq in seen or seq < 1:
            faults.append(Fault("inserted 多出", line, seq, "这个编号已经有过一条"))
            continue
        seen.add(seq)
        if seq < before:
            faults.append(Fault("swapped 换位", line, seq, f"排在第{before}条之后"))
        missing = [n for n in range(before + 1, seq) if n not in present] if seq > before else []
        if missing:
            last = f"到第{missing[-1]}条" if len(missing) > 1 else ""
            faults.append(Fault("dropped 缺失", line, missing[0], f"这一条{last}不在文件里"))
        before = max(before, seq)
    return faults


def _contents(journal: Journal) -> list[Fault]:
    faults = []
    for line, entry in journal.entries:
        whole: Body = {**entry}
        words = {name: whole[name] for name in FIELDS}
        try:
            made = hashlib.sha256(bytes.fromhex(entry["prev"]) + canonical(words)).digest()
        except (ValueError, TypeError, RecursionError):
            made = b""
        if made.hex() != entry["hash"]:
            faults.append(Fault("changed 被改", line, entry["seq"], "内容与它的哈希不符"))
        elif receipt_of(made) != entry["receipt"]:
            faults.append(Fault("changed 被改", line, entry["seq"], "回执码与它的哈希不符"))
        elif journal.head and entry["site"] != journal.head["site"]:
            faults.append(Fault("changed 被改", line, entry["seq"], "属于另一个项目"))
    return faults


def _links(journal: Journal) -> list[Fault]:
    """Between neighbours by number: each must name the hash of the one before."""
    faults = []
    by_seq: dict[int, tuple[int, EntryForm]] = {}
    for line, entry in journal.entries:
        by_seq.setdefault(entry["seq"], (line, entry))
    for seq in sorted(by_seq):
        line, entry = by_seq[seq]
        before = by_seq.get(seq - 1)
        expected = before[1]["hash"] if before else (GENESIS if seq == 1 else None)
        if expected is not None and entry["prev"] != expected:
            words = f"与第{seq - 1}条接不上：两条中有一条被改写并重算过"
            faults.append(Fault("broken 断链", line, seq, words))
    return faults


def _ending(journal: Journal) -> list[Fault]:
    if journal.end is None:
        return [Fault("truncated 被截断", None, len(journal.entries), "文件没有结尾行")]
    last = journal.entries[-1][1]["hash"] if journal.entries else GENESIS
    if journal.end["entries"] != len(journal.entries) or journal.end["head"] != last:
        words = f"结尾行写着{journal.end['entries']}条，文件里有{len(journal.entries)}条"
        return [Fault("truncated 被截断", None, len(journal.entries), words)]
    return []


# Signed roots and receipts


def check_roots(
    journal: Journal, *, public_key: str | None = None, outside: Iterable[RootForm] = ()
) -> list[Fault]:
    """Every signed root must be the root of the entries it covers; a closed day must have one."""
    key = public_key or journal.head.get("public_key", "")
    faults = []
    if public_key and journal.head.get("public_key") != public_key:
        faults.append(Fault("key 密钥不符", 1, None, "文件里的公钥不是您手里的那一把"))
    roots = [*journal.roots, *((None, r) for r in outside)]
    trees = {n: r.hex() for n, r in roots_at(journal, (r["size"] for _, r in roots)).items()}
    good = 0
    for line, root in sorted(roots, key=lambda r: r[1]["size"]):
        fault = _root_fault(journal, line, root, key, trees, good)
        if fault:
            faults.append(fault)
        else:
            good = root["size"]
    return faults + _days_without_root(journal)


def _root_fault(
    journal: Journal,
    line: int | None,
    root: RootForm,
    key: str,
    trees: dict[int, str],
    good: int,
) -> Fault | None:
    words = {n: root[n] for n in ("site", "day", "size", "root", "head", "signed_at")}
    try:
        signed = ed25519.verify(
            bytes.fromhex(key), canonical(words), bytes.fromhex(root["signature"])
        )
    except ValueError:
        signed = False
    size = root["size"]
    if not signed:
        return Fault("signature 签名不符", line, size, f"{root['day']} 的封存签名不成立")
    if root.get("key_id", key_id_of(key)) != key_id_of(key):
        return Fault("signature 签名不符", line, size, f"{root['day']} 的封存写着另一把钥匙的编号")
    if size > len(journal.entries):
        return Fault("truncated 被截断", line, size, f"{root['day']} 封存了{size}条，文件里不够")
    if trees.get(size) != root["root"]:
        words_ = f"{root['day']} 的封存与内容不符：第{good + 1}条到第{size}条之间被重写"
        return Fault("rewritten 被重写", line, good + 1, words_)
    return _beside(journal, line, root)


def _beside(journal: Journal, line: int | None, root: RootForm) -> Fault | None:
    """What the root says beside its tree: its site, the hash of its last entry, the day closed there."""
    size = root["size"]
    last = journal.entries[size - 1][1] if size else None
    head, kind = (last["hash"], last["kind"]) if last else (GENESIS, "")
    if root["site"] != journal.head.get("site"):
        return Fault("rewritten 被重写", line, size, f"{root['day']} 的封存属于另一个项目")
    if root["head"] != head:
        return Fault("rewritten 被重写", line, size, f"{root['day']} 的封存写着另一条末条哈希")
    if last and kind in CLOSINGS and last["body"].get("day") != root["day"]:
        return Fault("rewritten 被重写", line, size, f"第{size}条收的不是 {root['day']} 的场")
    return None


def key_id_of(public_key: str) -> str:
    """The short name of a public key in hex."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


def _days_without_root(journal: Journal) -> list[Fault]:
    sealed = {root["size"] for _, root in journal.roots}
    return [
        Fault("root 缺封存", line, entry["seq"], f"{entry['body'].get('day')} 收场后没有封存签名")
        for line, entry in journal.entries
        if entry["kind"] in CLOSINGS and entry["seq"] not in sealed
    ]


def check_receipts(journal: Journal, receipts: Iterable[str]) -> list[Fault]:
    """Receipts in people's hands, `CODE` or `CODE@NUMBER`, must be in the journal."""
    codes = {entry["receipt"]: entry["seq"] for _, entry in journal.entries}
    faults = []
    for given in receipts:
        code, _, number = given.strip().upper().partition("@")
        wanted = int(number) if number.isdigit() else None
        if code not in codes:
            words = f"回执 {code} 不在记录里：那一条被截掉或重写了"
            faults.append(Fault("receipt 回执不符", None, wanted, words))
        elif wanted is not None and codes[code] != wanted:
            words = f"回执 {code} 应在第{wanted}条，却在第{codes[code]}条"
            faults.append(Fault("receipt 回执不符", None, wanted, words))
    return faults


# The decisions


@dataclass
class Day:
    """The day as the entries tell it: its queue while it is open (`state`), and how it was closed last.

    closing: the entry that closed it, None before; kept: the queue with which it may be opened again.
    """

    name: str = ""
    state: "State | None" = None
    closing: int | None = None
    kept: "State | None" = None


def check_decisions(journal: Journal) -> list[Fault]:
    """Replays every day's queue from its recorded events: each decision and each closing must come out again."""
    faults: list[Fault] = []
    undone = {e["body"].get("undoes") for _, e in journal.entries if e["kind"] == "turns.undone"}
    day, conduct = Day(), Conduct()
    for line, entry in journal.entries:
        try:
            words = _replay(entry, day, undone)
            words = conduct.fault(entry, day.state) or words
        except Exception as error:  # whatever a forged body provokes is a fault, never a crash
            words = f"不能重放：{type(error).__name__}"
        if words:
            faults.append(Fault("decision 判定不符", line, entry["seq"], words))
    return faults


def _replay(entry: EntryForm, day: Day, undone: set[object]) -> str:
    body, kind = entry["body"], entry["kind"]
    if kind == "day.opened":
        day.name, day.closing, day.kept = body["day"], None, None
        day.state = _opened(body)
    elif kind == "turns.event" and entry["seq"] not in undone:
        return _event(day.state, body)
    elif kind == "day.closed":
        return _closed(entry, day)
    elif kind == "day.reopened":
        return _reopened(body, day)
    return ""


def _opened(body: Body) -> "State":
    from yingbin.rules.turns.policy import TurnsPolicy
    from yingbin.rules.turns.state import State

    policy = TurnsPolicy.from_json(body["policy"])
    return State.opening(body["queue"], body["make_up"], body["owes"], policy)


def _event(state: "State | None", body: Body) -> str:
    from yingbin.rules.turns.decide import apply

    if state is None:
        return "这一天没有开场"
    made = [d.to_json() for d in apply(state, body["event"], index=body["index"])]
    if any("refused" in d for d in made):
        return "按规则这件事会被拒绝，系统不会记下它"
    for decision in made:
        decision.pop("because", None)
    return "" if made == body["decisions"] else "按规则重放，得到的判定不同"


def _closed(entry: EntryForm, day: Day) -> str:
    """A closing says what the queue was; the one after a reopening also which closing it replaces."""
    body, state = entry["body"], day.state
    if state is None:
        return "这一天没有开场"
    replaces, day.state, day.kept, day.closing = day.closing, None, state, entry["seq"]
    if body.get("replaces") != replaces:
        return "没有写明代替哪一次收场，或者写错了"
    final = state.to_json()
    same = all(final[k] == body[k] for k in ("queue", "counts", "make_up", "owes"))
    waits = [visit for visit, _ in state.waiting()] == body["waiting"]
    return "" if same and waits else "收场时的顺序或账目与重放不符"


def _reopened(body: Body, day: Day) -> str:
    """The day goes on from where its last closing left it."""
    if day.state is not None or (day.name, day.closing) != (body["day"], body["closing"]):
        return "重新开的不是刚收的那一场"
    day.state, day.kept = day.kept, None
    return ""


# All of it


def verify(
    lines: Iterable[str],
    *,
    public_key: str | None = None,
    roots: Iterable[RootForm] = (),
    receipts: Iterable[str] = (),
    checkpoints: Iterable[str] = (),
    witnesses: Iterable[str] = (),
) -> tuple[Journal, list[Fault]]:
    """Everything that can be checked; no faults means the journal is whole.

    checkpoints: signed lines from outside, whole or short; what they prove stands in `journal.proven`.
    """
    journal = read(lines)
    faults = [*journal.faults, *check_chain(journal)]
    faults += check_roots(journal, public_key=public_key, outside=roots)
    faults += check_receipts(journal, receipts)
    lines_ = check_lines(
        journal, checkpoints, public_key or journal.head.get("public_key", ""), witnesses
    )
    faults += lines_.faults
    journal.proven = lines_.proven
    faults += check_decisions(journal)
    return journal, faults
