"""What a house could forge in a packet: its facts, and its files."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.gallery.packets import Facts, Files, at, listed, sealed
from yingbin.gallery.offline.packet import as_text
from yingbin.journal import keys

NOBODY = "00000000-0000-7000-8000-000000000001"


def of(kind: str, n: int = 0, /, **changed: Any) -> Callable[[Facts, Any], int]:
    """One fact of this kind is told otherwise."""

    def change(facts: Facts, case: Any) -> int:
        fact = facts[at(facts, kind, n)]
        for name, value in changed.items():
            fact[name] = value(fact[name]) if callable(value) else value
        return facts.index(fact)

    return change


def later(text: str) -> str:
    return (datetime.fromisoformat(text) + timedelta(days=2)).isoformat()


def said(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def reworded(kind: str, new: str, n: int = 0) -> Callable[[Facts, Any], int]:
    """The words and what is shown are changed together; the salt is kept."""

    def change(facts: Facts, case: Any) -> int:
        place = at(facts, kind, n)
        fact = facts[place]
        fact["detail"] = fact["detail"].replace(fact["proof"]["words"], new)
        fact["proof"]["words"] = new
        return place

    return change


def about(kind: str, name: str, value: Any, n: int = 0) -> Callable[[Facts, Any], int]:
    def change(facts: Facts, case: Any) -> int:
        place = at(facts, kind, n)
        facts[place]["about"][name] = value
        return place

    return change


def invented(seq: Callable[[Facts, Any], Any]) -> Callable[[Facts, Any], int]:
    """A call that never came in, under some entry's number."""

    def change(facts: Facts, case: Any) -> int:
        true = facts[at(facts, "call")]
        number, receipt = seq(facts, case)
        forged = {
            **true,
            "seq": number,
            "receipt": receipt,
            "detail": "林悦先接的电话",
            "people": [case["parties"][1]],
            "proof": {},
        }
        facts.insert(at(facts, "call") + 1, forged)
        return at(facts, "call") + 1

    return change


def dropped(kind: str, n: int = 0) -> Callable[[Facts, Any], None]:
    def change(facts: Facts, case: Any) -> None:
        del facts[at(facts, kind, n)]

    return change


def doubled(facts: Facts, case: Any) -> None:
    place = at(facts, "decision", 1)
    facts.insert(place, facts[place])


def swapped(facts: Facts, case: Any) -> None:
    one, other = at(facts, "call"), at(facts, "ruling")
    facts[one], facts[other] = facts[other], facts[one]


def another_decision(facts: Facts, case: Any) -> int:
    one, other = facts[at(facts, "decision", 1)], facts[at(facts, "decision", 3)]
    one["seq"], one["receipt"] = other["seq"], other["receipt"]
    return facts.index(one)


def anothers_words(facts: Facts, case: Any) -> int:
    """林悦's statement shows 陈思远's words, with 陈思远's proof."""
    one, other = facts[at(facts, "statement", 1)], facts[at(facts, "statement", 0)]
    one["detail"], one["proof"] = other["detail"], other["proof"]
    return facts.index(one)


def of_the_case(name: str, value: Any) -> Callable[[Facts, Any], None]:
    def change(facts: Facts, case: Any) -> None:
        case[name] = value(case[name]) if callable(value) else value

    return change


def a_field_more(facts: Facts, case: Any) -> None:
    facts[0]["note"] = "经理口头同意"


SIGN_IN = 3  # the number of an entry by which somebody signed in


FORGERIES: dict[str, Callable[[Facts, Any], int | None]] = {
    "a decision's sentence": of("decision", 1, detail=said("排在最前", "排在第二")),
    "a decision's receiver": of("decision", 1, people=[NOBODY]),
    "a decision's clause": of("decision", 1, clause="TQ-8"),
    "whether it counted": of("decision", 1, title=said("，计次", "，不计次")),
    "a decision's time": of("decision", 1, at=later),
    "a decision's receipt": of("decision", 1, receipt="0000-0000"),
    "a decision without number": of("decision", 1, seq=None, receipt="", detail="轮到陈思远"),
    "a decision under another's number": another_decision,
    "a decision's place in its event": about("decision", "position", 3, 1),
    "a decision of another visit": about("decision", "visit", NOBODY, 1),
    "an undone decision as if it stood": of("decision", 0, title=said("（已撤销）", "")),
    "a call under a sign-in's number": invented(lambda f, c: (SIGN_IN, c["sign_in"])),
    "a call under the true call's number": invented(
        lambda f, c: (f[at(f, "call")]["seq"], f[at(f, "call")]["receipt"])
    ),
    "a call without number": invented(lambda f, c: (None, "")),
    "a call under a number there isn't": invented(lambda f, c: (99999, "0000-0000")),
    "who took the call": of("call", people=[NOBODY]),
    "what the call was about": reworded("call", "问车位"),
    "words of a call without proof": of("call", detail="问车位", proof={}),
    "more words than were proven": of("call", detail=said("问三房", "问三房，约了林悦")),
    "when the call was": of("call", at=later),
    "a call as a decision": of("call", kind="decision"),
    "a call as something unheard of": of("call", kind="promise"),
    "a visit's number": of("visit", 1, title=said("到访 2", "到访 1")),
    "how many came": of("visit", 1, title=said("3 人", "1 人")),
    "when they came": of("visit", 1, at=later),
    "who wrote the arrival": of("visit", 1, people=[NOBODY]),
    "whom they asked for": of("visit", 1, title=said("人", "人，点名要找")),
    "how soon it was taken": of("accepted", title="接单，9 分钟后"),
    "who took it": of("accepted", people=[NOBODY]),
    "who was called again": of("nudge", people=[NOBODY]),
    "what the desk did about it": of("nudge", title="没来接单，请经理换人"),
    "who ended it": of("ended", 1, people=[NOBODY]),
    "how long it lasted": of("ended", 1, title="接待完毕，历时 2 分钟"),
    "an interrupted reception as finished": of("ended", 2, title=said("不再由其接待", "接待完毕")),
    "what they look for": of("needs", detail=said("89㎡", "120㎡")),
    "what they said": reworded("needs", "要西边套"),
    "what was shown": of("step", title=said("118", "89")),
    "what was agreed": of("step", title=said("11-23", "11-25")),
    "the clause of a step": of("step", clause="TQ-2.4"),
    "what was noted": reworded("step", "嫌采光不好"),
    "what the manager found": of("claim", 1, title="经理向客户核实：属实"),
    "who claimed": of("claim", people=[NOBODY]),
    "a register row's number": of("register", title=said("第 1 号", "第 2 号")),
    "who wrote the row": of("register", title=said("客户口述", "客户自填")),
    "the signature": of("register", strokes=[[1, 1, 900, 300]]),
    "who signed": of("register", people=[NOBODY]),
    "a correction that wasn't": of("register", title=said("屏上签名", "屏上签名（更正第 1 号）")),
    "the receiver of record": of("receiver", people=[NOBODY]),
    "a receiver taken away": of("receiver", title="不再有登记接待人"),
    "the clause of a receiver": of("receiver", clause="TQ-11"),
    "a matter's title": of("matter", title=said("约好再联系", "客户投诉")),
    "whose matter": of("matter", people=[NOBODY]),
    "a card's number": of("card", title=said("编号 1", "编号 7")),
    "who merged": of("merge", people=[NOBODY]),
    "when they left": of("left", at=later),
    "a notice of another minute": of("notice", at=later),
    "whose statement": of("statement", people=[NOBODY]),
    "a statement's words": reworded("statement", "客户是我路上遇到的"),
    "another's words": anothers_words,
    "which dispute": of("statement", title=said("第 1 号", "第 2 号")),
    "for whom the ruling is": of("ruling", people=lambda p: [p[0], NOBODY]),
    "why the ruling": reworded("ruling", "到访在先"),
    "a ruling as if it waited": of("ruling", title=lambda t: t + "（账目待开场后更正）"),
    "what was noted of the group": reworded("visit", "穿蓝衣", 1),
    "a note without proof": of("visit", 1, detail="穿蓝衣", proof={}),
    "a note on a visit without one": of("visit", 0, detail="找林悦的"),
    "why they claimed": reworded("claim", "是朋友"),
    "what the manager answered": reworded("claim", "没问过", 1),
    "why two cards were merged": reworded("merge", "兄妹"),
    "why a receiver": reworded("receiver", "说好的"),
    "a decision left out": dropped("decision", 1),
    "a call left out": dropped("call"),
    "a statement left out": dropped("statement", 1),
    "a register row left out": dropped("register"),
    "the end of a reception left out": dropped("ended", 1),
    "a fact twice": doubled,
    "two facts exchanged": swapped,
    "a field that isn't one": a_field_more,
    "a card that isn't theirs": of_the_case("customers", lambda ids: [*ids, NOBODY]),
    "a card less": of_the_case("customers", lambda ids: ids[:1]),
    "another party": of_the_case("parties", lambda ids: [ids[0], NOBODY]),
    "another dispute": of_the_case("dispute", 2),
    "another title": of_the_case("title", "争议第 2 号"),
    "another gallery": of_the_case("site", NOBODY),
}


def names_exchanged(files: Files) -> None:
    """陈思远 and 林悦 change places wherever a name is read, in the key file."""
    names = json.loads(files["names.json"])
    one, other = [w for w, n in names["people"].items() if n in ("陈思远", "林悦")]
    told = names["people"]
    told[one], told[other] = told[other], told[one]
    files["names.json"] = as_text(names).encode()
    sealed(files)


def names_exchanged_without_salts(files: Files) -> None:
    names_exchanged(files)
    names = json.loads(files["names.json"])
    files["names.json"] = as_text(names | {"salts": {}}).encode()
    case = json.loads(files["case.json"])
    for fact in case["facts"]:
        if fact["kind"] == "decision":
            told = fact["detail"].replace("林悦", "？").replace("陈思远", "林悦")
            fact["detail"] = told.replace("？", "陈思远")
    files["case.json"] = as_text(case).encode()
    sealed(files)


def page_with_names_exchanged(files: Files) -> None:
    text = files["case.html"].decode()
    text = text.replace("林悦", "？").replace("陈思远", "林悦").replace("？", "陈思远")
    files["case.html"] = text.encode()
    listed(files, keys.signing_key())


def page_without_marks(files: Files) -> None:
    files["case.html"] = files["case.html"].replace("未能核验".encode(), b"")
    listed(files, keys.signing_key())


def page_with_a_line_more(files: Files) -> None:
    files["case.html"] = files["case.html"].replace(b"</ol>", "<li>林悦承认</li></ol>".encode())
    listed(files, keys.signing_key())


def page_changed_without_the_key(files: Files) -> None:
    files["case.html"] = files["case.html"].replace("林悦".encode(), "吴敏".encode())
    listed(files)


def manifest_of_another_key(files: Files) -> None:
    sealed(files, Ed25519PrivateKey.generate())


def no_manifest(files: Files) -> None:
    del files["manifest.json"]


def a_file_more(files: Files) -> None:
    files["补充说明.html"] = b"<p>...</p>"


def a_file_less(files: Files) -> None:
    del files["README.txt"]


def a_case_with_a_name_twice(files: Files) -> None:
    text = files["case.json"].decode().replace('"title"', '"title": "x", "title"', 1)
    files["case.json"] = text.encode()
    listed(files, keys.signing_key())


def another_checker(files: Files) -> None:
    files["check_case.py"] += b"#"


def an_entry_changed(files: Files) -> None:
    text = files["journal.jsonl"].decode().replace('"turn.accepted"', '"turn.declined"', 1)
    files["journal.jsonl"] = text.encode()
    listed(files, keys.signing_key())


ON_FILES: dict[Callable[[Files], None], str] = {
    names_exchanged: "names.json",
    page_with_names_exchanged: "case.html",
    page_without_marks: "case.html",
    page_with_a_line_more: "case.html",
    page_changed_without_the_key: "manifest.json",
    manifest_of_another_key: "manifest.json",
    no_manifest: "manifest.json",
    a_file_more: "补充说明.html",
    a_file_less: "README.txt",
    a_case_with_a_name_twice: "case.json",
    another_checker: "check_case.py",
    an_entry_changed: "journal.jsonl",
}
