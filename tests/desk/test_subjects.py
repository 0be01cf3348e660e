"""事项: which subjects an office has, who serves them, who does it instead; each change is a version (SD-4.2.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from yingbin.desk.actions.subjects import Drawn, seen_as, set_subjects
from yingbin.desk.choices import DESK, chosen_at, titles_of
from yingbin.desk.models import DeskMatter
from yingbin.desk.office import office_now
from yingbin.desk.subjects import Topic
from yingbin.people.models import Department, Site
from yingbin.people.policies import set_row, versions
from yingbin.rules.decision import Refused

from .counter import Counter
from .test_callbacks import text

pytestmark = pytest.mark.clause("SD-4.2.2")


def draws(counter: Counter, *topics: Topic, scoped: bool = True, **more: Any) -> Drawn:
    """The manager draws some of the subjects anew, the others stay."""
    seen = seen_as(chosen_at(counter.site, counter.now))
    told = {"topics": topics, "scoped": scoped, "reason": "新合同", "seen": seen, **more}
    done: Drawn = counter.do(set_subjects, "顾", **told)
    return done


def works(counter: Counter) -> str:
    """The works as matters name them."""
    return f"department:{counter.works.id}"


def sends(counter: Counter, by: str = "顾", **told: Any) -> tuple[int, str]:
    """The form as it stands on the page, with some of it changed."""
    chosen = chosen_at(counter.site, counter.now)
    form = {"key": "k", "reason": "新合同", "seen": seen_as(chosen)}
    form |= {f"title_{one.key}": one.title for one in chosen.subjects}
    page = counter.browser(by).post(reverse("desk:draw_subjects"), {**form, **told}, follow=True)
    return page.status_code, page.content.decode()


def test_what_the_manager_draws_binds_the_rules_and_names_who_does_the_rest(
    counter: Counter,
) -> None:
    served = Topic("leak", "漏水、渗水", departments=(works(counter),))
    other = Topic("power", "电（停电、跳闸）", urgent=True, instead="供电公司，电话 95598")
    draws(counter, served, other)
    scope = office_now(counter.site, counter.now).policy["scope"]
    assert scope == {"leak": [works(counter)]}
    leak = counter.record("苏", subject="leak")
    with pytest.raises(Refused, match="绿化部不负责“漏水、渗水”"):
        counter.offer("苏", leak, counter.green)
    assert counter.offer("苏", leak)
    dark = counter.record("苏", subject="power", title="家里没电", home="3-1-101")
    assert "找供电公司，电话 95598" in text(counter, "苏", reverse("desk:matter", args=[dark]))
    look = {"kind": "help", "source": "call", "words": "家里停电了"}
    said = counter.browser("叶").post(reverse("desk:register_look"), look).content.decode()
    assert "这里不做" in said
    assert "95598" in said


def test_a_key_that_stands_in_matters_is_never_renamed_nor_given_twice(counter: Counter) -> None:
    one = counter.record("苏", subject="leak")
    assert draws(counter, Topic("leak", "漏水、返潮"), Topic("", "充电桩")).added == 1
    held = {topic.key: topic for topic in chosen_at(counter.site, counter.now).subjects}
    assert held["own_a"].title == "充电桩"
    assert "漏水、返潮" in text(counter, "苏", reverse("desk:matter", args=[one]))
    charger = counter.record("苏", subject="own_a", home="3-1-101", title="充电桩坏了")
    draws(counter, Topic("own_a", "充电桩", retired=True), Topic("", "电动车"))
    assert DeskMatter.objects.get(matter_id=charger).subject == "own_a"
    assert titles_of(counter.site, counter.now)["own_a"] == "充电桩", "older matters keep its name"
    page = text(counter, "苏", reverse("desk:new"))
    assert "电动车" in page
    assert "充电桩</option>" not in page, "nothing new is about it"
    assert counter.faults() == []


@pytest.mark.parametrize(
    ("topics", "more", "why"),
    [
        ((Topic("leak", "电梯"),), {}, "「电梯」写了两次"),
        ((Topic("leak", "漏水", departments=("department:018f0000-0000-7000-8000-000000000000",)),), {}, "不是本处的"),
        ((Topic("other", "其他", retired=True),), {}, "「其他」要留着"),
        ((Topic("mine", "我的"),), {}, "没有「我的」这个事项"),
        ((Topic("leak", "漏水"),), {"seen": "before"}, "别的同事刚改过"),
        ((Topic("leak", "漏水"),), {"reason": " "}, "写明为什么"),
    ],
    ids=["a title twice", "another office's department", "the rest", "a key", "an old page", "no reason"],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said_and_nothing_changes(
    counter: Counter, topics: tuple[Topic, ...], more: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        draws(counter, *topics, **more)
    assert versions(counter.site, DESK.name) == []


def test_a_limit_planned_for_later_keeps_the_subjects_and_they_keep_the_limit(
    counter: Counter,
) -> None:
    counter.do(
        set_row, "顾", name=DESK.name, row_id="warn_percent", numbers={"warn_percent": 60},
        reason="试行", day=(counter.now + timedelta(days=7)).date(),
    )  # fmt: skip
    draws(counter, Topic("leak", "漏水、返潮"))
    later = chosen_at(counter.site, counter.now + timedelta(days=8))
    assert later.warn_percent == 60
    assert "漏水、返潮" in {one.title for one in later.subjects}
    assert chosen_at(counter.site, counter.now).warn_percent == 80


# By the pages


def test_the_manager_changes_them_in_one_form_and_the_desk_reads_them(counter: Counter) -> None:
    told = {
        "departments_leak": [works(counter)], "instead_gas": "燃气公司 96777", "urgent_leak": "on",
        "title_new_1": "充电桩", "scoped": "on", "retired_pets": "on",
    }  # fmt: skip
    status, page = sends(counter, **told)
    assert (status, "新加 1 项" in page) == (200, True), page
    read = text(counter, "苏", reverse("desk:subjects"))
    for said in ("工程部", "燃气公司 96777", "充电桩", "不再用", "顾：新合同", "第 1 版"):
        assert said in read, said
    assert "改事项" not in read
    held = {one.key: one for one in chosen_at(counter.site, counter.now).subjects}
    assert (held["leak"].urgent, held["water"].urgent) == (True, False), "as the form was sent"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"title_leak": ""}, "不要了就勾「不再用」"),
        ({"instead_new_1": "街道"}, "请写新事项的名称"),
        ({"departments_leak": ["department:x"]}, "这个部门已经没有了"),
        ({"reason": ""}, "为什么改"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(
    counter: Counter, told: dict[str, Any], why: str
) -> None:
    status, page = sends(counter, instead_gas="燃气公司 96777", **told)
    assert (status, why in page) == (422, True)
    assert "燃气公司 96777" in page
    assert versions(counter.site, DESK.name) == []


@pytest.mark.parametrize(
    ("who", "reads"), [("苏", 200), ("林", 200), ("钱", 403), ("石", 403), ("顾", 200)]
)
def test_the_desk_reads_them_and_the_manager_alone_draws(
    counter: Counter, who: str, reads: int
) -> None:
    browser = counter.browser(who)
    assert browser.get(reverse("desk:subjects"), follow=True).status_code == reads
    draws_too = browser.get(reverse("desk:draw_subjects"), follow=True).status_code
    assert draws_too == (200 if who == "顾" else 403)


def test_another_offices_departments_are_not_to_choose_from(counter: Counter) -> None:
    other = Site.objects.create(
        kind="management_office", code="cuihu", name="翠湖", short_name="翠湖"
    )
    Department.objects.create(site=other, name="翠湖工程部")
    page = text(counter, "顾", reverse("desk:draw_subjects"))
    assert "工程部" in page
    assert "翠湖工程部" not in page
