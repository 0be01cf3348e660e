"""What the forms of visits make of what is typed: the application, an edit, an event, the house; no database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.customers.office import ZONE
from yingbin.rules.gate.gatefile import AREAS
from yingbin.rules.tours.pack import CLASSES, read_packs
from yingbin.tours.company import PACKS, AreaChoice, PackChoice, RoomChoice, TourCompany
from yingbin.tours.forms.acts import ASKS, ActForm, areas_named
from yingbin.tours.forms.application import ApplicationForm, WindowForm, soon
from yingbin.tours.forms.labels import AREAS as AREAS_IN_ENGLISH
from yingbin.tours.forms.labels import CHOICES, ENGLISH
from yingbin.tours.forms.settings import CompanyForm, PackForm
from yingbin.tours.models import TourVisit
from yingbin.tours.words import PURPOSES, RELATIONS, SENDERS

OFFERED = areas_named(["plant", "workshop"])
WORKS = str(UUID(int=7))


def said(form: Any) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


# The application


def application(
    *, public: bool = True, own: list[tuple[str, str]] | None = None, **told: Any
) -> ApplicationForm:
    """The application as it was sent."""
    plain = {
        "key": "k", "visitor": " 长丰机械 ", "contact": "许文博", "phone": "13800138000", "day": "2026-12-01",
        "start": "10:00", "end": "12:00", "headcount": "12", "areas": ["workshop"], "sender": "company",
        "relation": "frequent", "aim": "products", "agreed": "on", **told,
    }  # fmt: skip
    return ApplicationForm(
        plain, areas=OFFERED, circles=["家电"], departments=own or [], public=public
    )


@pytest.mark.clause("CV-3.2.1")
def test_what_a_visitor_asks_for_is_what_the_rules_are_told() -> None:
    form = application(wants="自动线", diet="  ", trade="家电")
    assert form.is_valid(), said(form)
    asked = form.application(language="en", terms="2026-1", key_digest=b"x")
    told = asked.facts(None)
    assert told["from"] == datetime(2026, 12, 1, 10, tzinfo=ZONE)
    assert told["to"] == datetime(2026, 12, 1, 12, tzinfo=ZONE)
    assert (told["visitor"], told["headcount"], told["areas"]) == ("长丰机械", 12, ["workshop"])
    assert told["answers"] == {"sender": "company", "relation": "frequent", "purpose": "products"}
    assert (told["rivals"], told["applied_by"]) == ("家电", None)
    assert asked.kept_words == {"wants": "自动线"}, "what was left empty is not kept"
    assert (asked.how, asked.language, asked.terms) == (TourVisit.How.VISITOR, "en", "2026-1")


@pytest.mark.clause("CV-3.3.1")
def test_a_departments_word_stands_instead_of_the_guests_answers() -> None:
    form = application(public=False, own=[(WORKS, "生产部")], department=WORKS, phone="")
    assert form.is_valid(), said(form)
    asked = form.application()
    told = asked.facts(UUID(int=1))
    assert (told["department"], told["by"]) == (WORKS, UUID(int=1))
    assert "answers" not in told
    assert asked.how == TourVisit.How.WORD


def test_a_colleague_applies_without_a_telephone_and_without_the_terms() -> None:
    form = application(public=False, phone="", agreed="")
    assert form.is_valid(), said(form)
    assert form.application().how == TourVisit.How.COLLEAGUE
    assert set(said(application(phone="", agreed=""))) == {"phone", "agreed"}, "a visitor doesn't"


def test_nobody_is_asked_for_a_trade_or_a_department_where_there_is_none() -> None:
    assert {"trade", "department", "agreed"}.isdisjoint(ApplicationForm(areas=OFFERED).fields)
    form = application(own=[])
    assert "trade" in form.fields
    assert "department" not in form.fields


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({"end": "10:00"}, "end", "离开的时间要在到达之后。"),
        ({"start": "25:00"}, "start", "时间请按 09:30 这样填。"),
        ({"day": "明天"}, "day", "日期请按 2026-11-30 这样填。"),
        ({"day": ""}, "day", "请填写来访日期。"),
        ({"headcount": "2001"}, "headcount", "请填 1 到 2000 之间的整数。"),
        ({"headcount": "十二"}, "headcount", "请填 1 到 2000 之间的整数。"),
        ({"areas": ["rnd"]}, "areas", "请从列表里选择想参观的区域。"),
        ({"sender": "alien"}, "sender", "请从列表里选择您来自。"),
        ({"trade": "钢铁"}, "trade", "请从列表里选择所属行业。"),
        ({"contact": "许" * 41}, "contact", "联系人最多 40 个字。"),
        ({"diet": "素" * 301}, "diet", "饮食要求最多写 300 个字。"),
    ],
)
def test_an_application_that_cannot_be_says_where_and_what_to_write(
    told: dict[str, Any], field: str, why: str
) -> None:
    assert said(application(**told)) == {field: why}


def test_a_visit_without_an_area_is_one_for_the_meeting_room() -> None:
    form = application(areas=[])
    assert form.is_valid(), said(form)
    assert form.application().areas == ()


def test_a_fresh_form_proposes_two_hours_a_week_from_today_by_our_clock() -> None:
    late = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)  # half past one of the 24th here
    told = soon(late)
    assert told["day"] == date(2026, 12, 1)
    form = WindowForm(
        {"key": "k", "headcount": "1", **{n: str(v) for n, v in told.items()}}, areas=OFFERED
    )
    assert form.is_valid(), said(form)
    start, end = form.window
    assert end - start == timedelta(hours=2)


def test_every_word_of_the_public_form_has_its_english() -> None:
    form = application(public=True)
    form.in_english()
    for name, field in form.fields.items():
        assert name in ("key", "terms") or str(field.label).isascii(), name
    html = str(form["sender"]) + str(form["relation"]) + str(form["aim"]) + str(form["areas"])
    assert html.isascii()
    assert set(ENGLISH) >= set(form.fields) - {"key", "terms"}
    assert set(AREAS_IN_ENGLISH) == set(AREAS)
    for field, words in (("sender", SENDERS), ("relation", RELATIONS), ("aim", PURPOSES)):
        assert list(CHOICES[field]) == list(words), field


# One event


def act(event: str, **told: Any) -> ActForm:
    """The form of an event as it was sent."""
    offers = {
        "who": [("j", "江")],
        "escort": [("j", "江")],
        "asked_by": [("j", "江")],
        "areas": OFFERED,
    }
    return ActForm(event, {"key": "k", **told}, offers=offers)


@pytest.mark.parametrize(
    ("event", "told", "facts"),
    [
        ("area", {"area": "plant", "answer": "open"}, {"area": "plant", "answer": "open"}),
        ("area", {"area": "plant", "answer": "refused", "reason": "检修"}, {"area": "plant", "answer": "refused", "reason": "检修"}),
        ("task", {"task": "guide", "who": "j", "serve": "coffee"}, {"task": "guide", "who": "j"}),
        ("task", {"task": "direction", "who": "j", "serve": "coffee"}, {"task": "direction", "serve": "coffee"}),
        ("task", {"task": "meal", "who": "j", "serve": "coffee"}, {"task": "meal"}),
        ("issue", {"areas": ["plant"], "persons": "3", "escort": "j"}, {"areas": ("plant",), "persons": 3, "escort": "j"}),
        (
            "issue", {"areas": ["plant", "workshop"], "persons": "1", "escort": "j", "photo": "on"},
            {"areas": ("plant", "workshop"), "persons": 1, "escort": "j", "photo": True},
        ),
        ("withdraw", {"reason": "不来了"}, {}),
        ("send_plan", {}, {}),
    ],
)  # fmt: skip
def test_an_event_is_told_in_the_contracts_words_and_no_more_than_it_asks(
    event: str, told: dict[str, Any], facts: dict[str, object]
) -> None:
    form = act(event, **told)
    assert form.is_valid(), said(form)
    assert form.facts() == facts


@pytest.mark.clause("CV-3.2.1")
@pytest.mark.parametrize(
    ("event", "told"),
    [
        ("area", {"area": "plant", "answer": "refused"}),
        ("company", {"answer": "refused", "reason": "  "}),
        ("reclass", {"to": "general"}),
        ("exception", {"ground": "late", "asked_by": "j"}),
        ("permit_photo", {"asked_by": "j"}),
    ],
)
def test_who_says_no_or_makes_an_exception_says_why(event: str, told: dict[str, str]) -> None:
    assert said(act(event, **told)) == {"reason": "请写明原因。"}
    assert act(event, **{**told, "reason": "检修"}).is_valid()


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({"persons": "1", "escort": "j"}, "areas", "请至少选一个区域。"),
        ({"areas": ["rnd"], "persons": "1", "escort": "j"}, "areas", "请从列表里选择能去的区域。"),
        ({"areas": ["plant"], "persons": "0", "escort": "j"}, "persons", "请填 1 到 100000 之间的整数。"),
        ({"areas": ["plant"], "persons": "1", "escort": "k"}, "escort", "请从列表里选择陪同人。"),
        ({"areas": ["plant"], "persons": "1"}, "escort", "请选择陪同人。"),
    ],
)  # fmt: skip
def test_a_pass_is_for_an_area_some_persons_and_somebody_who_leads_them(
    told: dict[str, Any], field: str, why: str
) -> None:
    assert said(act("issue", **told)) == {field: why}


@pytest.mark.parametrize("event", ASKS)
def test_two_forms_of_one_event_on_a_page_have_ids_of_their_own(event: str) -> None:
    one, two = ActForm(event, named="plant"), ActForm(event, named="workshop")
    assert one.mark != two.mark
    ids = [{one[name].auto_id for name in one.fields}, {two[name].auto_id for name in two.fields}]
    assert set(one.fields) == {"key", *ASKS[event]}
    assert ids[0].isdisjoint(ids[1])


# The house

HOUSE = TourCompany(
    areas={"plant": AreaChoice("reception", 30, key=True, closed_to=("general",))},
    rooms=(RoomChoice("一号会客室", 12),),
    souvenirs=40,
    circles=("家电",),
    directions="东门进",
)


def company(chosen: TourCompany = HOUSE, **told: Any) -> CompanyForm:
    """The settings of a house as they were sent."""
    plain = {"key": "k", "souvenirs": "40", "reason": "搬家", **told}
    return CompanyForm(
        plain, departments=[("reception", "接待部"), (WORKS, "生产部")], leaders=[("y", "严")], chosen=chosen
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "name", "seats"),
    [
        ("一号会客室 12", "一号会客室", 12),
        ("  贵宾 厅   8 ", "贵宾 厅", 8),
        ("一号会客室\u300012", "一号会客室", 12),
        ("一号会客室\t12", "一号会客室", 12),
        ("报告厅 ６０", "报告厅", 60),
    ],
    ids=["space", "spaces", "full-width space", "pasted tab", "full-width figures"],
)
def test_a_room_is_read_however_it_was_typed(typed: str, name: str, seats: int) -> None:
    form = company(rooms=typed)
    assert form.is_valid(), said(form)
    assert form.values()["rooms"] == [{"room": name, "capacity": seats}]


@pytest.mark.parametrize(
    "line", ["会客室", "12", "会客室 十二", "会客室 -3", "会客室 0", "会客室 1.5"]
)
def test_a_room_that_cannot_be_read_is_quoted_with_an_example(line: str) -> None:
    assert said(company(rooms=f"报告厅 60\n{line}")) == {
        "rooms": f"「{line}」没有读懂。请写成：一号会客室 12"
    }


def test_an_area_that_nobody_answers_for_is_none_of_the_house() -> None:
    form = company(
        plant_department="reception", plant_capacity="30", plant_closed=["general"], rnd_key="on"
    )
    assert form.is_valid(), said(form)
    assert form.values()["areas"] == {
        "plant": {"department": "reception", "capacity": 30, "key": False, "closed_to": ["general"]}
    }


def test_the_form_of_the_house_opens_as_the_house_is() -> None:
    form = CompanyForm(departments=[("reception", "接待部")], leaders=(), chosen=HOUSE)
    assert form["rooms"].value() == "一号会客室 12"
    assert (form["circles"].value(), form["directions"].value()) == ("家电", "东门进")
    rows = {str(row[0]): row[1] for row in form.rows()}
    assert rows["厂区"] == "接待部，最多 30 人，关键生产区"
    assert rows["研发"] == "没有这个区域"
    assert len(rows) == len(AREAS)


def test_only_leaders_speak_for_the_company() -> None:
    assert said(company(approvers=["guard"])) == {"approvers": "请从列表里选择公司批示人。"}
    form = company(approvers=["y"], circles="家电\n 家电 \n\n电池")
    assert form.is_valid(), said(form)
    assert (form.values()["approvers"], form.values()["circles"]) == (["y"], ["家电", "电池"])


@pytest.mark.clause("CV-2")
@pytest.mark.parametrize("base", PACKS)
def test_a_version_of_the_rules_sent_as_it_was_opened_changes_nothing(base: str) -> None:
    (pack,) = read_packs([PackChoice("1", date(2026, 1, 1), base, dict(PACKS[base])).plain])
    fresh = PackForm(pack=pack, since=date(2026, 12, 1), base=base)
    told = {name: fresh[name].value() for name in fresh.fields}
    form = PackForm(
        {**told, "key": "k", "since": "2026-12-01", "reason": "照旧"}, pack=pack, since=date(2026, 12, 1), base=base
    )  # fmt: skip
    assert form.is_valid(), said(form)
    made = PackChoice("2", form.cleaned_data["since"], base, dict(form.values(PACKS[base])))
    (read,) = read_packs([made.plain])
    for name in (
        "lead_days",
        "grounds",
        "company_approval",
        "days",
        "capacity",
        "souvenirs",
        "area_hours",
    ):
        assert getattr(read, name) == getattr(pack, name), name


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("lead_general", "366", "请填 0 到 365 之间的整数。"),
        ("general_min", "-1", "请填 0 到 100000 之间的整数。"),
        ("area_hours", "一天", "请填 0 到 100000 之间的整数。"),
        ("small_group", "welcome", "请从列表里选择人数不够的一般客户。"),
        ("since", "12 月 1 日", "日期请按 2026-11-30 这样填。"),
        ("reason", "", "请填写为什么改。"),
    ],
)
def test_a_figure_of_the_rules_that_cannot_be_says_its_limits(
    name: str, typed: str, why: str
) -> None:
    (pack,) = read_packs([PackChoice("1", date(2026, 1, 1)).plain])
    fresh = PackForm(pack=pack, since=date(2026, 12, 1), base="text")
    told = {n: fresh[n].value() for n in fresh.fields} | {"since": "2026-12-01", "reason": "试行"}
    form = PackForm({**told, name: typed}, pack=pack, since=date(2026, 12, 1), base="text")
    assert said(form) == {name: why}
    assert len(fresh.figures()) == len(CLASSES) + 6
