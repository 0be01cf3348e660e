"""Places, numbers and names as people say them, and what comes first on a matter's page; no database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.customers.office import ZONE
from yingbin.desk.allowed import Allowed
from yingbin.desk.contact import CONTACT
from yingbin.desk.doings import AT_HAND, DOINGS, GROUPS, page_for, primary
from yingbin.desk.kinds import GRADES, KINDS, STAGES
from yingbin.desk.models import DeskMatter
from yingbin.desk.names import put_in
from yingbin.desk.places import LONGEST, of_home, of_words
from yingbin.desk.queries.callbacks import counts_from
from yingbin.desk.queries.find import number_of
from yingbin.rules.decision import Refused
from yingbin.rules.desk.matter import Matter
from yingbin.rules.desk.replay import VERBS
from yingbin.rules.matters import State

HERE, THERE = UUID(int=1), UUID(int=2)
NINE = datetime(2026, 11, 23, 9, 20, tzinfo=ZONE)


# Places

SAME = [
    "3栋2单元1801",
    "3-2-1801",
    "３－２－１８０１",
    "3 栋 2 单元 1801 室",
    "3幢2单元1801房",
    "3/2/1801",
    "3号楼2单元1801户",
]


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize("words", SAME)
def test_a_home_in_any_spelling_is_one_home(words: str) -> None:
    assert of_words(HERE, words).key == of_words(HERE, SAME[0]).key
    assert of_words(HERE, words).words == words, "and said as it was typed"


@pytest.mark.parametrize("other", ["3-2-1802", "32-1801", "3-21801", "大门", "3-2-1801 门口"])
def test_another_place_is_another(other: str) -> None:
    assert of_words(HERE, other).key != of_words(HERE, SAME[0]).key


def test_the_same_words_at_another_estate_are_another_place_and_the_key_says_nothing() -> None:
    here, there = of_words(HERE, "王先生家"), of_words(THERE, "王先生家")
    assert here.key != there.key
    assert "王" not in here.key
    assert here.home_id is None


def test_words_of_strokes_alone_are_still_a_place() -> None:
    assert of_words(HERE, "栋").key != of_words(HERE, "楼").key


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t"])
def test_whoever_says_no_place_is_asked_for_one(nothing: str) -> None:
    with pytest.raises(Refused, match="请写是哪一户，或者在哪里。") as no:
        of_words(HERE, nothing)
    assert no.value.about == "home"


def test_long_words_of_a_place_are_cut_and_a_home_is_known_by_its_id() -> None:
    assert len(of_words(HERE, "楼" * 99).words) == LONGEST
    home = of_home(THERE, " 3-2-1801 ")
    assert (home.key, home.words, home.home_id) == (str(THERE), "3-2-1801", THERE)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("12", (0, 12)), ("0012 号", (0, 12)), ("2026-0012", (2026, 12)), (" 2026 年 12 号 ", (2026, 12)),
        ("2026-", (0, 0)), ("漏水", (0, 0)), ("0", (0, 0)), ("13800138000", (0, 0)), ("", (0, 0)), ("26-12", (0, 0)),
    ],
)  # fmt: skip
def test_a_matters_number_is_read_as_people_say_it(said: str, found: tuple[int, int]) -> None:
    assert number_of(said) == found


def test_a_telephone_of_the_desk_has_at_most_thirty_letters() -> None:
    assert CONTACT.read({"phone": "0512-66668888 转 8"}).phone == "0512-66668888 转 8"
    with pytest.raises(Refused, match="电话最多 30 个字。"):
        CONTACT.read({"phone": "1" * 31})


# Names


def test_a_sentence_never_shows_an_id_nor_a_key() -> None:
    who, gone, team = UUID(int=5), UUID(int=6), UUID(int=7)
    names = {str(who): "赵", f"department:{team}": "工程部"}
    told = f"{who}转给department:{team}，{gone}不负责“leak”，也不负责“moon”。"
    assert (
        put_in(told, names, {"leak": "漏水"})
        == "赵转给工程部，已离职同事不负责“漏水”，也不负责“moon”。"
    )


# What comes first on a matter's page

ZHAO, SU = "zhao", "su"


def matter(kind: str = "help", stage: str = "", **more: str) -> Matter:
    """A matter of 苏 at a stage."""
    told = {"holder": SU, "offered_to": "", **more}
    state = State(kind, "accepted", SU, SU, NINE, stage=stage)
    return Matter("m", "h", "leak", replace(state, **told))  # type: ignore[arg-type]


def allows(*events: str) -> Allowed:
    """What the rules would accept."""
    return Allowed({event: {} for event in events})


FIRST = [
    ("a new complaint is acknowledged before all", matter("complaint"), ("assess", "offer", "respond"), False, "respond"),
    ("a worker takes what is offered", matter(), ("arrive", "accept"), True, "accept"),
    ("a worker goes there", matter(), ("done", "arrive"), True, "arrive"),
    ("whoever paused goes on", matter(stage="arrived"), ("done", "resume"), True, "resume"),
    ("the desk offers what is new", matter(), ("arrive", "offer"), False, "offer"),
    ("what has begun is offered no more", matter(stage="arrived"), ("offer", "done"), False, "done"),
    ("what only can be offered stays", matter(stage="arrived"), ("offer",), False, ""),
    ("an analysed suggestion is still offered", matter("suggestion", "analysed"), ("offer",), False, "offer"),
    ("while a worker has it the desk waits", matter(holder=ZHAO), ("offer", "done", "pause"), False, ""),
    ("and tells the resident", matter(holder=ZHAO), ("tell", "done"), False, "tell"),
    ("while a department is asked likewise", matter(offered_to="department:1"), ("arrive",), False, ""),
    ("who may do nothing has nothing first", matter(), (), True, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "told", "works", "first"), [one[1:] for one in FIRST], ids=[one[0] for one in FIRST]
)
def test_the_one_button_that_comes_first(
    found: Matter, told: Iterable[str], *, works: bool, first: str
) -> None:
    assert primary(allows(*told), found, works=works) == first


def test_every_event_of_a_page_is_one_of_the_contract_in_a_group_with_a_title() -> None:
    assert set(DOINGS) <= set(VERBS)
    assert {one.group for one in DOINGS.values()} == set(GROUPS)
    assert all(one.title for one in DOINGS.values())
    assert set(AT_HAND.values()) <= set(DOINGS)


@pytest.mark.parametrize(
    ("kind", "event", "page"),
    [
        ("paid", "quote", "desk:quote"), ("paid", "agree", "desk:agree"), ("paid", "done", "desk:finish"),
        ("help", "done", "desk:finish"), ("complaint", "agree", ""), ("paid", "reduce", "desk:account"), ("paid", "start", ""),
    ],
)  # fmt: skip
def test_what_moves_money_or_ends_work_has_a_page_of_its_own(
    kind: str, event: str, page: str
) -> None:
    assert page_for(kind, event) == page


def test_every_stage_and_grade_of_the_rules_has_a_word_on_the_page() -> None:
    for kind in KINDS:
        assert set(kind.next) - {""} <= set(STAGES), kind.id
        assert set(kind.grades) <= set(GRADES), kind.id


# When the next call counts


@pytest.mark.clause("SD-4.3")
@pytest.mark.parametrize(
    ("tried", "now", "then"),
    [
        ([], NINE, None),
        ([["2026-11-23", 9]], NINE, NINE.replace(hour=10, minute=0)),
        ([["2026-11-23", 8]], NINE, None),
        ([["2026-11-22", 9]], NINE, None),
        ([["2026-11-23", 9]], NINE + timedelta(minutes=40), None),
        ([["2026-11-23", 23]], NINE.replace(hour=23), NINE.replace(day=24, hour=0, minute=0)),
        ([["2026-11-23", 9]], NINE.astimezone(UTC), NINE.replace(hour=10, minute=0)),
    ],
)  # fmt: skip
def test_a_second_try_within_the_hour_counts_from_the_next_hour_on(
    tried: list[list[object]], now: datetime, then: datetime | None
) -> None:
    assert counts_from(DeskMatter(callback_attempts=tried), now) == then
