"""A packet for a stranger: every fact held against its entry, the page bound to it, forgeries found and located (TQ-11)."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from tests.journal.test_tampering_database import of_before
from yingbin.customers.actions import merge
from yingbin.customers.queries import family
from yingbin.gallery import privacy
from yingbin.gallery.actions import (
    arrivals,
    calls,
    cases,
    days,
    nudges,
    receptions,
    reopening,
    steps,
    supervision,
    waiting,
)
from yingbin.gallery.actions.calls import CallTold
from yingbin.gallery.actions.cases import Correction
from yingbin.gallery.actions.steps import NeedsTold
from yingbin.gallery.actions.succession import succeed
from yingbin.gallery.models import Call, Dispute, Visit
from yingbin.gallery.offline.check_case import check_packet
from yingbin.gallery.offline.packet import Wrong, as_text, check_case, digest, read_case
from yingbin.journal import keys
from yingbin.journal.action import Acting
from yingbin.journal.verify import canonical, read
from yingbin.journal.write import Pen, write

Files = dict[str, bytes]
Facts = list[dict[str, Any]]

NOBODY = "00000000-0000-7000-8000-000000000001"


def a_long_story(hall: Gallery) -> Dispute:
    """陈思远 took the call, the family came three times, 林悦 received it, and the manager ruled."""
    rang = CallTold(phone="13812341234", name="张伟", asked="问三房")
    called = hall.do(calls.record_call, "陈思远", told=rang)
    customer = Call.objects.get(id=called.call).customer_id
    hall.later(180)
    wrong = hall.arrive(name="张伟", phone="13812341234", customer_id=customer)
    hall.do(arrivals.undo_arrival, "苏晴", visit_id=wrong.id, may_any=False)
    visit = hall.arrive(
        name="张伟", phone="13812341234", customer_id=customer, note="穿红衣", group_size=3
    )
    first = hall.receiver(visit)
    hall.later()
    hall.do(nudges.call_again, "苏晴", visit_id=visit.id)
    hall.do(receptions.accept_turn, first, visit_id=visit.id)
    hall.later(12)
    told = NeedsTold(area_min=89, rooms="3", said="要东边套")
    hall.do(steps.note_needs, first, visit_id=visit.id, needs=told)
    hall.do(steps.do_step, first, visit_id=visit.id, which="flat", things=("118 平样板间",), note="喜欢采光",
            next_contact=hall.now + timedelta(days=2))  # fmt: skip
    asked = hall.do(receptions.claim_unrelated, first, visit_id=visit.id, note="像是同行")
    hall.do(receptions.decide_claim, "郑岚", claim_id=asked, confirm=False, how="是真客户")
    hall.finish(visit)
    others = [hall.arrive(name=f"客户{n}") for n in range(4)]
    waits = hall.arrive(name="李莉", phone="13812345678", named="林悦")
    hall.do(waiting.leave, "苏晴", visit_id=waits.id, name="李莉", phone="13812345678")
    for other in others:
        hall.finish(other)
    second = hall.arrive(name="李莉", phone="13812345678")
    hall.do(
        supervision.override,
        "郑岚",
        visit_id=second.id,
        to=hall.id("吴敏"),
        reason="老客户",
        counts=True,
    )
    hall.sign(second, by="吴敏", name="李莉")
    hall.do(receptions.finish, "吴敏", visit_id=second.id)
    second.refresh_from_db()
    hall.do(merge, "郑岚", into_id=customer, source_id=second.customer_id, why="夫妻")
    opened = hall.do(cases.open_dispute, "陈思远", customer_id=customer, parties=[hall.id("林悦")],
                     words="这位客户来电是我接的")  # fmt: skip
    hall.do(cases.state_case, "林悦", dispute_id=opened.dispute, words="客户到访是我接待的")
    hall.do(cases.rule, "郑岚", dispute_id=opened.dispute, for_whom=hall.id("陈思远"), reason="来电在先",
            corrections=[Correction(hall.id("陈思远"), count=1)])  # fmt: skip
    hall.do(days.close_gallery, "郑岚")
    return Dispute.objects.get(id=opened.dispute)


@pytest.fixture
def story(hall: Gallery) -> Dispute:
    return a_long_story(hall)


def unpacked(hall: Gallery, dispute: Dispute) -> Files:
    answer = signed_in(Client(), hall, "郑岚").get(f"/gallery/cases/{dispute.id}/packet/")
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def sealed(files: Files, key: Ed25519PrivateKey | None = None) -> Files:
    """The page written anew and the manifest signed anew: what only the house itself could do."""
    case, _ = read_case(files)
    if case is not None:
        journal = read(files["journal.jsonl"].decode().splitlines())
        files["case.html"] = check_case(case, journal, journal.head["site"]).page.encode()
    return listed(files, key or keys.signing_key())


def listed(files: Files, key: Ed25519PrivateKey | None = None) -> Files:
    """The manifest made to fit; signed with a key, or with the old signature where there is none."""
    signed = json.loads(files["manifest.json"])
    prints = {n: digest(data) for n, data in files.items() if n != "manifest.json"}
    signed["packet"]["files"] = prints
    if key:
        signed["signature"] = key.sign(canonical(signed["packet"])).hex()
    files["manifest.json"] = as_text(signed).encode()
    return files


def found(files: Files, **given: Any) -> list[Wrong]:
    """What the checker says of the packet, the journal's faults among it."""
    faults, wrong, _ = check_packet(files, **given)
    return [*wrong, *(Wrong("journal.jsonl", None, str(f)) for f in faults)]


def at(facts: Facts, kind: str, n: int = 0) -> int:
    """Where the nth fact of a kind stands."""
    return [i for i, f in enumerate(facts) if f["kind"] == kind][n]


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


@pytest.fixture
def files(hall: Gallery, story: Dispute) -> Files:
    return unpacked(hall, story)


@pytest.mark.clause("TQ-11")
def test_every_forged_fact_is_found_where_it_stands_though_the_house_sealed_it_anew(
    files: Files,
) -> None:
    assert found(files) == []
    assert found(sealed(dict(files))) == [], "sealing anew what is true finds nothing"
    entries = read(files["journal.jsonl"].decode().splitlines()).entries
    for name, forge in FORGERIES.items():
        case = json.loads(files["case.json"])
        case["sign_in"] = entries[SIGN_IN - 1][1]["receipt"]
        place = forge(case["facts"], case)
        del case["sign_in"]
        forged = files | {"case.json": as_text(case).encode()}
        assert forged != files, name
        told = [w for w in found(sealed(forged)) if w.file == "case.json"]
        assert told, name
        assert place is None or place + 1 in {w.fact for w in told}, (name, [str(w) for w in told])
    assert len(FORGERIES) >= 70


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


@pytest.mark.clause("TQ-11")
def test_every_file_of_a_packet_is_bound_to_it(files: Files) -> None:
    for forge, where in ON_FILES.items():
        forged = dict(files)
        forge(forged)
        assert where in {w.file for w in found(forged)}, forge.__name__


@pytest.mark.clause("TQ-11")
def test_exchanged_names_without_salts_pass_but_the_page_says_that_no_name_is_proven(
    files: Files,
) -> None:
    """The one exchange that the house can seal: names nobody committed to. The page says so itself."""
    before = files["case.html"].decode()
    names_exchanged_without_salts(files)
    assert found(files) == []
    page = files["case.html"].decode()
    assert "与记录链的存证相符" in before
    assert "与记录链的存证相符" not in page
    assert page.count("姓名未能核验") == len(json.loads(files["names.json"])["people"])


@pytest.mark.clause("TQ-11")
def test_what_cannot_be_proven_is_marked_on_the_page_and_listed_by_the_checker(
    files: Files, tmp_path: Path
) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    asked = [sys.executable, "-I", "-S", "check_case.py"]
    ran = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    facts = json.loads(files["case.json"])["facts"]
    noted = at(facts, "visit", 1) + 1
    assert f"未能核验 第{noted}项" not in ran.stdout
    page = files["case.html"].decode()
    assert "穿红衣" in page
    assert "这段文字" not in page
    assert "通知的内容、收件人和是否看到：未能核验" in page
    assert "称呼和电话未能核验" in page


@pytest.mark.clause("TQ-11")
def test_words_of_before_they_were_committed_to_are_marked(
    hall: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yingbin.gallery.actions.events.came_form", of_before)
    story = a_long_story(hall)
    Visit.objects.update(salt="")
    files = unpacked(hall, story)
    assert found(files) == []
    page = files["case.html"].decode()
    assert page.index("穿红衣") < page.index("这段文字：未能核验")


def words_erased(who: Acting, *, ids: list[UUID]) -> dict[str, Any]:
    """What an erasure does to the words of a customer, in a write of its own."""

    def work(pen: Pen) -> dict[str, Any]:
        return dict(privacy.erase(pen=pen, customer_ids=ids))

    return write(
        site_id=who.site_id,
        key=who.key,
        verb="erase",
        by=str(who.by),
        at=who.at,
        payload={},
        work=work,
    )


@pytest.mark.clause("TQ-11")
def test_a_customer_handed_over_has_a_packet_that_says_why_and_erased_words_pass_as_erased(
    hall: Gallery,
) -> None:
    story = a_long_story(hall)
    hall.do(succeed, "郑岚", leaver=hall.id("陈思远"), to=[hall.id("吴敏")], reason="10 月底离职")
    files = unpacked(hall, story)
    assert found(files) == []
    facts = json.loads(files["case.json"])["facts"]
    handed = [f for f in facts if f["kind"] == "receiver"][-1]
    assert handed["detail"] == "10 月底离职"
    hall.do(words_erased, "郑岚", ids=family(hall.site, story.customer_id))
    files = unpacked(hall, story)
    assert found(files) == []
    page = files["case.html"].decode()
    assert "穿红衣" not in page
    assert "原话（已删除）：未能核验" in page


@pytest.mark.clause("TQ-11")
def test_needs_told_before_anybody_knew_the_customer_stand_in_the_file(hall: Gallery) -> None:
    from yingbin.gallery.queries import casefile

    visit = hall.arrive()
    told = NeedsTold(rooms="3")
    hall.do(steps.note_needs, hall.receiver(visit), visit_id=visit.id, needs=told)
    hall.finish(visit)
    customer = Visit.objects.get(id=visit.id).customer_id
    assert customer is not None
    assert "needs" in {f.kind for f in casefile.facts(hall.site, customer)}


def test_the_checker_says_the_same_words_as_the_screens() -> None:
    from yingbin.gallery.models import AgencyRegistration, Step
    from yingbin.gallery.models import RegisterEntry as Row
    from yingbin.gallery.models.register import FloorWish, Purpose, Rooms
    from yingbin.gallery.offline import words

    pairs: list[tuple[Any, dict[str, str]]] = [
        (Step.Which, words.STEPS),
        (Row.Hand, words.HANDS),
        (Row.Signed, words.SIGNED),
        (AgencyRegistration.Standing, words.STANDINGS),
        (Rooms, words.ROOMS),
        (FloorWish, words.FLOORS),
        (Purpose, words.PURPOSES),
    ]
    for choices, told in pairs:
        assert dict(choices.choices) == told


@pytest.mark.clause("TQ-11")
def test_a_day_that_was_opened_again_is_one_day_in_a_packet(hall: Gallery) -> None:
    before = hall.arrive(name="张伟", phone="13812341234")
    hall.finish(before)
    hall.do(days.close_gallery, "郑岚")
    hall.do(reopening.reopen_gallery, "郑岚", reason="还有客户要来", gone=[])
    again = hall.arrive(
        name="张伟", phone="13812341234", customer_id=Visit.objects.get(id=before.id).customer_id
    )
    hall.finish(again)
    opened = hall.do(cases.open_dispute, "陈思远", customer_id=Visit.objects.get(id=before.id).customer_id,
                     parties=[hall.id("林悦")], words="来电在先")  # fmt: skip
    files = unpacked(hall, Dispute.objects.get(id=opened.dispute))
    assert found(files) == []
    assert len([f for f in json.loads(files["case.json"])["facts"] if f["kind"] == "visit"]) == 2
