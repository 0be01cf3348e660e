"""交接班: what is refused and why, at the edges of the day, and to people of another place (SF-4.3.6)."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from yingbin.duty.actions import handovers, lines
from yingbin.duty.export import disagreements
from yingbin.duty.forms.handovers import HandoverForm
from yingbin.duty.models import DutyEvent, Handover, HandoverNote, HandoverSignature
from yingbin.duty.queries.handovers import Proposal
from yingbin.duty.queries.picture import picture
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused

from .doors import enter, here
from .flat import INK, Flat
from .test_handovers import begin, done, seen, sign, stands

pytestmark = pytest.mark.clause("SF-4.3.6")
DRAWN = json.dumps(INK.kept())


@pytest.fixture
def noon(flat: Flat, monkeypatch: pytest.MonkeyPatch) -> Flat:
    """叶 hands over to 陈 at noon, 许 leads; a slip is open. Pages look at the flat's own clock."""
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.do(lines.open_line, "叶", kind="slip", post=flat.post, title="客户问车位价格", at="10:00")
    flat.sign_on("陈", at="12:00")
    monkeypatch.setattr(timezone, "now", lambda: flat.now)
    return flat


# Beginning


@pytest.mark.parametrize("receiver", ["叶", "苏"], ids=["to oneself", "to somebody who is off"])
def test_a_handover_that_makes_no_sense_is_refused_in_a_sentence(noon: Flat, receiver: str) -> None:
    with pytest.raises(Refused, match=r"。$"):
        begin(noon, "叶", receiver)
    assert not Handover.objects.exists()


def test_the_same_tap_twice_begins_one_handover(noon: Flat) -> None:
    told = {"giver": noon.people["叶"], "receiver": noon.people["陈"], "post": noon.post}
    first, second = (
        noon.do(handovers.start_handover, "叶", key="one tap", **told) for _ in range(2)
    )
    assert first.handover == second.handover
    assert Handover.objects.count() == 1


def test_of_a_post_that_there_is_not_nothing_is_handed_over(noon: Flat) -> None:
    told = {"giver": noon.people["叶"], "receiver": noon.people["陈"], "post": uuid4()}
    with pytest.raises(Refused):
        noon.do(handovers.start_handover, "叶", **told)
    assert not Handover.objects.exists()


# Answering and signing


@pytest.mark.parametrize("by", ["叶", "许"])
def test_the_receiver_alone_answers(noon: Flat, by: str) -> None:
    handover = begin(noon, keys=("大门1号",))
    with pytest.raises(Refused, match="接班人"):
        noon.do(
            handovers.answer_entry, by, handover=handover, kind="key", entry="大门1号", accepts=True
        )
    assert [e.accepted for e in seen(noon, handover).entries] == [None, None]


@pytest.mark.parametrize(
    ("kind", "entry"), [("key", "后门"), ("stock", "大门1号"), ("line", ""), ("", "x")]
)
def test_an_entry_that_is_not_on_the_list_is_not_answered(
    noon: Flat, kind: str, entry: str
) -> None:
    handover = begin(noon, keys=("大门1号",))
    told = {"handover": handover, "kind": kind, "entry": entry, "accepts": True}
    with pytest.raises(Refused, match="没有这一项"):
        noon.do(handovers.answer_entry, "陈", **told)


@pytest.mark.parametrize("reason", ["", " ", "\n", "　"])
def test_an_objection_needs_a_reason_that_says_something(noon: Flat, reason: str) -> None:
    handover = begin(noon, keys=("大门1号",))
    told = {"handover": handover, "kind": "key", "entry": "大门1号", "accepts": False}
    with pytest.raises(Refused, match="写一句原因") as no:
        noon.do(handovers.answer_entry, "陈", **told, reason=reason)
    assert no.value.about == "reason"


def test_an_answer_can_be_changed_until_both_have_signed(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",))
    told = {"handover": handover, "kind": "key", "entry": "大门1号"}
    noon.do(handovers.answer_entry, "陈", **told, accepts=False, reason="没有这把")
    noon.do(handovers.answer_entry, "陈", **told, accepts=True)
    found = {e.id: e for e in seen(noon, handover).entries}["大门1号"]
    assert (found.accepted, found.reason) == (True, "")


def test_with_nothing_left_accepting_the_rest_answers_nothing(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",))
    assert noon.do(handovers.accept_rest, "陈", handover=handover) == 2
    before = DutyEvent.objects.count()
    assert noon.do(handovers.accept_rest, "陈", handover=handover) == 0
    assert DutyEvent.objects.count() == before


@pytest.mark.parametrize("act", ["answer", "sign", "accept", "refuse", "add"])
def test_of_a_handover_that_there_is_not_nothing_happens(noon: Flat, act: str) -> None:
    handover = uuid4()
    deeds: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
        "answer": (handovers.answer_entry, {"kind": "key", "entry": "x", "accepts": True}),
        "sign": (handovers.sign_handover, {"signature": INK}),
        "accept": (handovers.accept_rest, {}),
        "refuse": (handovers.refuse_handover, {"who": noon.people["陈"], "words": "不接"}),
        "add": (handovers.add_to_handover, {"words": "补一句"}),
    }
    deed, told = deeds[act]
    before = DutyEvent.objects.count()
    with pytest.raises(Refused):
        noon.do(deed, "陈", handover=handover, **told)
    assert DutyEvent.objects.count() == before


def test_a_signature_is_refused_as_a_whole_when_one_objection_has_no_reason(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",), stock=(("鞋套", 40),))
    words = (
        handovers.Objection("stock", "鞋套", "只有 31 双"),
        handovers.Objection("key", "大门1号", " "),
    )
    with pytest.raises(Refused, match="写一句原因"):
        sign(noon, handover, "陈", objections=words, accepts_rest=True)
    assert {e.accepted for e in seen(noon, handover).entries} == {None}
    assert not HandoverSignature.objects.exists()


def test_whoever_has_signed_does_not_refuse_as_well(noon: Flat) -> None:
    handover = begin(noon)
    sign(noon, handover, "陈", accepts_rest=True)
    told = {"handover": handover, "who": noon.people["陈"], "words": "不接"}
    with pytest.raises(Refused, match="已经签过"):
        noon.do(handovers.refuse_handover, "叶", **told)


def test_a_long_addition_is_cut_and_an_empty_one_is_asked_for(noon: Flat) -> None:
    handover = done(noon)
    with pytest.raises(Refused, match="请写下要补充的话") as no:
        noon.do(handovers.add_to_handover, "叶", handover=handover, words=" \n")
    assert no.value.about == "words"
    noon.do(handovers.add_to_handover, "叶", handover=handover, words="长" * 400)
    assert HandoverNote.objects.get().words == "长" * 300


# Time


def test_until_four_in_the_morning_it_is_still_the_day_before(noon: Flat) -> None:
    handover = begin(noon)
    noon.now = noon.at("00:00") + timedelta(days=1, hours=3, minutes=59)
    sign(noon, handover, "陈", accepts_rest=True)
    sign(noon, handover, "叶")
    assert stands(noon, handover).receiving is not None
    assert list(disagreements(noon.log)) == []


def test_after_four_an_unsigned_handover_of_yesterday_is_signed_no_more(noon: Flat) -> None:
    handover = begin(noon)
    noon.now = noon.at("04:00") + timedelta(days=1)
    with pytest.raises(Refused, match="今天没有这次交接"):
        sign(noon, handover, "陈", accepts_rest=True)
    assert not HandoverSignature.objects.exists()


@pytest.mark.parametrize(("clock", "told"), [("12:15", False), ("12:16", True)])
def test_a_quarter_of_an_hour_is_enough_for_both_to_sign(
    noon: Flat, clock: str, told: bool
) -> None:
    begin(noon)
    noon.clock(clock)
    assert ("handover_late→lead" in noon.alerts()) is told


# Pages


PATHS = (
    "", "answer/", "accept/", "sign/", "sign/{who}/", "refused/", "take-over/", "add/",
)  # fmt: skip
POSTED = {"answer/", "accept/", "refused/", "take-over/", "add/"}


@pytest.mark.parametrize("path", PATHS)
def test_no_address_of_a_handover_opens_or_does_anything_for_another_place(
    noon: Flat, path: str
) -> None:
    handover, other = begin(noon), Flat(posts=("样板间B",))
    other.now = noon.now
    noon.sign_on("秦")
    address = f"handover/{handover}/{path.format(who=noon.people['陈'])}"
    stranger, before = enter(other, "许"), DutyEvent.objects.count()
    told = {"key": "a", "drawn": DRAWN, "words": "看看", "kind": "key", "entry": "x", "secret": "1"}
    told |= {"who": str(noon.people["陈"]), "accepts": "yes"}
    own, theirs = here(other, address), here(noon, address)
    for where in (own, theirs):
        if path not in POSTED:
            assert stranger.get(where).status_code in (302, 403, 404)
        answer = stranger.post(where, told)
        assert answer.status_code in (302, 403, 404, 405, 422), (where, answer.status_code)
    assert DutyEvent.objects.filter(site_id=noon.site).count() == before
    assert not HandoverSignature.objects.exists()
    assert not HandoverNote.objects.exists()
    assert Handover.objects.count() == 1


@pytest.mark.parametrize("path", sorted(POSTED))
def test_what_changes_something_is_not_done_by_looking(noon: Flat, path: str) -> None:
    address = here(noon, f"handover/{begin(noon)}/{path}")
    assert enter(noon, "许").get(address).status_code == 405


@pytest.mark.parametrize(
    "path", ["handover/new/", "handover/guard/", "sheets/handovers/", "sheets/slips/print/"]
)
def test_without_a_login_the_door_is_shown(noon: Flat, path: str) -> None:
    assert "login" in Client().get(here(noon, path))["Location"]


def test_before_anybody_handed_over_the_sheet_says_so(noon: Flat) -> None:
    text = enter(noon, "许").get(here(noon, "sheets/handovers/")).content.decode()
    assert "这一天没有记录" in text


# Its form


def form(noon: Flat, **typed: list[str]) -> HandoverForm:
    data = QueryDict(mutable=True)
    people = {"giver": [str(noon.people["叶"])], "receiver": [str(noon.people["陈"])]}
    for name, values in {"key": ["k"], "post": [str(noon.post)], **people, **typed}.items():
        data.setlist(name, values)
    proposed = Proposal(("大门钥匙",), (("鞋套", 40), ("雨伞", 6)))
    day = picture(noon.site, noon.now)
    return HandoverForm(data, proposed, post=noon.post, me=noon.people["叶"]).offer(day)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"keys": ["大门\n大门"]}, "钥匙“大门”写了两次"),
        ({"more": ["鞋套", "鞋套"], "more_count": ["1", "2"]}, "物品“鞋套”写了两次"),
        ({"item": ["鞋套"], "count": ["3"], "more": ["鞋套"], "more_count": ["2"]}, "写了两次"),
        ({"more": [""], "more_count": ["7"]}, "数量 7 前面要写是什么物品"),
        ({"more": ["抹布"], "more_count": [""]}, "“抹布”后面要有数量"),
        ({"more": ["抹布"], "more_count": ["-1"]}, "“抹布”后面要有数量"),
        ({"more": ["抹布"], "more_count": ["1.5"]}, "“抹布”后面要有数量"),
        ({"more": ["抹布"], "more_count": ["²"]}, "“抹布”后面要有数量"),
        ({"more": ["抹布"], "more_count": ["１２"]}, "“抹布”后面要有数量"),
        ({"more": ["抹布"], "more_count": ["100000"]}, "“抹布”后面要有数量"),
        ({"receiver": [""]}, ""),
        ({"receiver": ["00000000-0000-0000-0000-000000000000"]}, ""),
    ],
)
def test_what_cannot_be_counted_is_said_in_words(
    noon: Flat, typed: dict[str, list[str]], said: str
) -> None:
    bound = form(noon, **typed)
    assert not bound.is_valid()
    assert said in str(bound.errors)
    assert bound.own_rows[0].item == typed.get("more", [""])[0]


@pytest.mark.parametrize(
    ("typed", "stock"),
    [
        ({"item": ["鞋套", "雨伞"], "count": ["31", ""]}, (("鞋套", 31),)),
        ({"item": ["鞋套"], "count": ["0"]}, (("鞋套", 0),)),
        ({"item": ["鞋套"], "count": ["99999"]}, (("鞋套", 99999),)),
        ({"more": [" 抹布 "], "more_count": [" 2 "]}, (("抹布", 2),)),
        ({}, ()),
    ],
)
def test_what_was_counted_is_taken_and_what_was_left_out_is_not(
    noon: Flat, typed: dict[str, list[str]], stock: tuple[tuple[str, int], ...]
) -> None:
    bound = form(noon, **typed)
    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["stock"] == stock


# At random


@pytest.mark.parametrize("seed", range(6))
def test_whatever_they_do_the_slip_belongs_to_whoever_last_received_it(
    noon: Flat, seed: int
) -> None:
    """A model of three lines: an open handover, its answers, who signed; both signatures pass the slip on."""
    pick, owner, rounds = random.Random(seed), "叶", 0
    slip = Matter.objects.get(kind="slip")
    for _ in range(4):
        giver, receiver = ("叶", "陈") if pick.random() < 0.5 else ("陈", "叶")
        handover = begin(noon, giver, receiver)
        listed = any(e.kind == "line" for e in seen(noon, handover).entries)
        accepts = pick.random() < 0.7
        word = handovers.Objection("line", str(slip.id), "没说清楚")
        words = () if accepts or not listed else (word,)
        sign(noon, handover, receiver, objections=words, accepts_rest=True)
        if pick.random() < 0.7:
            sign(noon, handover, giver)
            rounds += 1
            owner = receiver if accepts and listed else owner
        slip.refresh_from_db()
        assert slip.owner_id == noon.people[owner]
    assert HandoverSignature.objects.filter(completes=True).count() == rounds
    assert list(disagreements(noon.log)) == []
