"""What pages call things of a visit, settings that can't be, private links, and what is shown at a gate; no database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import signing

from yingbin.rules.decision import Refused
from yingbin.rules.tours.pack import TASKS
from yingbin.rules.tours.visitfile import PURPOSES as PURPOSES_OF_RULES
from yingbin.rules.tours.visitfile import RELATIONS as RELATIONS_OF_RULES
from yingbin.rules.tours.visitfile import SERVED
from yingbin.tours import gate_words, keyring
from yingbin.tours.company import COMPANY, TOUR_PACKS
from yingbin.tours.links import GOOD_FOR, digest_of, is_stamped, secret_of, stamp
from yingbin.tours.models import TourVisit
from yingbin.tours.names import put_in
from yingbin.tours.pass_paper import drawn
from yingbin.tours.queries.lists import lines
from yingbin.tours.reading import presented
from yingbin.tours.terms import AREA_STANDS, BRING, STANDS, VERSION, VERSIONS, area_stands
from yingbin.tours.token import PassToken, signed
from yingbin.tours.words import (
    AREA_LOOKS,
    AREA_STATES,
    PURPOSES,
    RELATIONS,
    SERVES,
    STATUS_LOOKS,
    TASK_WORDS,
    area_look,
    why_class,
)

SITE, OTHER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
PEOPLE = {"江": str(UUID(int=11))}


def visit(applied_by: str = "") -> TourVisit:
    """A visit of 长丰机械."""
    return TourVisit(
        id=UUID(int=99), year=2026, number=1, visitor="长丰机械", headcount=12, klass="important", starts_at=NOON,
        applied_by=UUID(PEOPLE[applied_by]) if applied_by else None,
    )  # fmt: skip


# What pages call things


def test_whatever_the_rules_name_has_a_word_on_the_page_and_for_the_visitor() -> None:
    assert set(STATUS_LOOKS) == set(TourVisit.Status.values)
    assert set(AREA_LOOKS) == set(AREA_STATES)
    assert set(TASK_WORDS) >= set(TASKS)
    assert set(SERVES) >= set(SERVED)
    assert (set(RELATIONS), set(PURPOSES)) == (set(RELATIONS_OF_RULES), set(PURPOSES_OF_RULES))
    for lang in ("zh", "en"):
        assert set(STANDS[lang]) == set(TourVisit.Status.values)
        assert set(AREA_STANDS[lang]) == set(AREA_STATES)
        assert VERSIONS[VERSION][lang]
        assert BRING[lang]


@pytest.mark.clause("CV-4.2")
def test_what_a_visitor_reads_of_a_no_names_neither_rule_nor_department() -> None:
    for lang, words in (
        ("zh", ("CV", "批示", "部门", "谢绝", "规定")),
        ("en", ("CV", "refus", "declin")),
    ):
        for status in ("declined", "refused", "lapsed"):
            assert not [word for word in words if word in STANDS[lang][status]], (lang, status)


def test_an_area_that_was_refused_reads_to_the_visitor_as_one_that_is_closed() -> None:
    for lang in ("zh", "en"):
        assert AREA_STANDS[lang]["refused"] == AREA_STANDS[lang]["closed"]


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize(
    ("klass", "answers", "why"),
    [
        ("institution", ("school", "none", "survey"), "来访的是学校"),
        ("institution", ("official", "partner", "survey"), "来访的是官员"),
        ("general", ("company", "none", "products"), "和公司还没有往来"),
        ("important", ("company", "frequent", "products"), "经常往来，来看产品"),
        ("key_account", ("company", "partner", "alliance"), "合作伙伴，来战略合作"),
        ("general", ("company", "frequent", "business"), "经常往来，来商务洽谈"),
    ],
)
def test_the_page_says_which_answers_made_the_class(
    klass: str, answers: tuple[str, str, str], why: str
) -> None:
    assert why_class(klass, *answers) == why


def test_a_line_of_the_ledger_counts_the_areas_that_still_wait() -> None:
    row = visit()
    row.status = "awaiting"
    row.state = {"areas": [["plant", "asked", ""], ["workshop", "open", ""], ["rnd", "asked", ""]]}
    (line,) = lines([row])
    assert (line.waits, line.look) == (2, "waiting")
    assert line.areas == (("厂区", "等答复"), ("车间", "开放"), ("研发", "等答复"))


@pytest.mark.parametrize("status", ["declined", "withdrawn", "refused", "lapsed", "over"])
def test_of_a_visit_that_needs_no_answer_no_area_waits_for_one(status: str) -> None:
    row = visit()
    row.status = status
    row.state = {"areas": [["plant", "asked", ""], ["workshop", "open", ""]]}
    (line,) = lines([row])
    assert (line.waits, line.areas) == (0, (("厂区", "不用答复了"), ("车间", "开放")))
    assert (area_look("asked", status), area_look("open", status)) == ("", "free")


@pytest.mark.parametrize("status", TourVisit.Status.values)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_area_waits_or_is_open_to_a_visitor_whose_visit_does_not_take_place(
    status: str, lang: str
) -> None:
    told = {state: area_stands(state, status, lang) for state in AREA_STATES}
    if status in ("declined", "withdrawn", "refused", "lapsed"):
        assert set(told.values()) == {""}
    else:
        assert all(told.values()), "what goes on or went ahead says of each area how it stands"


def test_a_sentence_of_the_rules_shows_no_id_of_anybody() -> None:
    text = f"{PEOPLE['江']}不能代表{UUID(int=77)}"
    assert put_in(text, {PEOPLE["江"]: "江"}) == "江不能代表已离职同事"
    gate = gate_words.put_in(f"?a1b2 … {UUID(int=77)} clock", {})
    assert gate == "这张证 有人 已离职同事 系统"


# Settings that can't be


@pytest.mark.parametrize(
    ("packs", "why"),
    [
        ([{"version": "1", "since": "2026-01-01"}, {"version": "1", "since": "2026-02-01"}], "规则包填得不对"),
        ([{"version": "1", "since": "2026-02-01"}, {"version": "2", "since": "2026-02-01"}], "规则包填得不对"),
        ([{"version": "1", "since": "2026-02-01"}, {"version": "2", "since": "2026-01-01"}], "规则包填得不对"),
        ([{"version": "1", "since": "2026-01-01", "values": {"general_min": -1}}], "规则包填得不对"),
        ([{"version": "1", "since": "2026-01-01", "values": {"champagne": 1}}], "规则包填得不对：.*champagne"),
        ([], "规则包填得不对"),
    ],
    ids=["one name twice", "one day twice", "backwards", "less than nobody", "unknown", "none"],
)  # fmt: skip
def test_packs_that_no_visit_could_be_judged_by_are_no_choice(
    packs: list[dict[str, object]], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        TOUR_PACKS.read({"packs": packs})


def test_two_rooms_of_one_name_are_none_that_a_guest_would_find() -> None:
    two = [{"room": "报告厅", "capacity": 60}, {"room": "报告厅", "capacity": 6}]
    with pytest.raises(Refused, match="有房间写了两次") as no:
        COMPANY.read({"rooms": two})
    assert no.value.about == "rooms"


# The private link


def test_a_private_link_is_the_same_for_the_same_form_and_another_everywhere_else() -> None:
    secret = secret_of(SITE, "k1")
    assert secret == secret_of(SITE, "k1")
    assert len({secret, secret_of(SITE, "k2"), secret_of(OTHER, "k1")}) == 3
    assert len(secret) == 32
    assert secret.encode() not in digest_of(secret), "what is kept opens nothing"
    assert len(digest_of(secret)) == 32


@pytest.mark.parametrize(
    ("site", "key", "mark"),
    [(OTHER, "k", None), (SITE, "other", None), (SITE, "k", ""), (SITE, "k", "x~y~z"), (SITE, "k", "0" * 4000)],
    ids=["another place", "another form", "none", "nonsense", "long"],
)  # fmt: skip
def test_a_form_that_we_did_not_give_out_for_this_place_is_none_of_ours(
    site: UUID, key: str, mark: str | None
) -> None:
    good = stamp(SITE, "k")
    assert is_stamped(SITE, "k", good)
    assert not is_stamped(site, key, good if mark is None else mark)


@pytest.mark.parametrize(("seconds", "good"), [(GOOD_FOR - 5, True), (GOOD_FOR + 5, False)])
def test_a_form_may_lie_open_for_a_day(
    monkeypatch: pytest.MonkeyPatch, seconds: int, *, good: bool
) -> None:
    mark = stamp(SITE, "k")
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + seconds)
    assert is_stamped(SITE, "k", mark) is good


# What is shown at a gate


@pytest.fixture
def code(settings: Any, tmp_path: Any) -> str:
    """The code of pass 7 of this site, revision 2."""
    settings.DATA_DIR = tmp_path
    token = PassToken(7, 2, NOON, NOON + timedelta(hours=2), frozenset({"plant"}), 12)
    return signed(token, keyring.signing_key(SITE, NOON))


def test_a_code_is_read_however_the_scanner_types_it(code: str) -> None:
    for text in (code, code.lower(), f" {code}\n", " ".join(code)):
        shown = presented(SITE, text, NOON)
        assert (shown.number, shown.revision, shown.fault, shown.typed) == (7, 2, "", False)


@pytest.mark.parametrize(("text", "number"), [("7", 7), (" 007 ", 7), ("123456789", 123456789)])
def test_a_number_that_a_guard_types_is_a_pass_in_its_current_revision(
    code: str, text: str, number: int
) -> None:
    shown = presented(SITE, text, NOON)
    assert (shown.number, shown.revision, shown.typed) == (number, 0, True)


@pytest.mark.clause("CV-4.1")
@pytest.mark.parametrize("text", ["1234567890", "７", "https://example.org", "", "YB"])
def test_what_is_no_pass_leaves_a_mark_that_says_nothing_of_it(code: str, text: str) -> None:
    shown = presented(SITE, text, NOON)
    assert (shown.number, shown.fault) == (0, "no_pass")
    assert len(shown.mark) == 12
    assert not text or text.upper() not in shown.mark.upper()


def test_a_pass_of_another_house_or_of_a_key_that_ended_is_not_one_of_ours(code: str) -> None:
    assert presented(OTHER, code, NOON).fault == "unknown_key"
    keyring.rotate(SITE, NOON, NOON + timedelta(hours=2))
    assert presented(SITE, code, NOON + timedelta(hours=1)).number == 7
    assert presented(SITE, code, NOON + timedelta(hours=2)).fault == "unknown_key"


def test_a_pass_on_a_phone_is_dark_on_white_by_night_too(code: str) -> None:
    picture = drawn(code)
    assert picture.startswith("<svg")
    assert "#fff" in picture
    assert "#000" in picture
    assert code not in picture
    assert drawn(code) == picture
    assert drawn(f"{code[:-1]}{'B' if code.endswith('A') else 'A'}") != picture
