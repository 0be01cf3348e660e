"""技能与班次: heads write down what their people can do and when they work; each change is a version (SD-4.2.2)."""

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from yingbin.desk.actions.crew import CrewSet, seen_of, seen_skills, set_skills, set_worker
from yingbin.desk.crew import CREW, Crew, Hours, Skill, Worker, crew_at
from yingbin.people.models import Assignment
from yingbin.people.policies import versions
from yingbin.rules.decision import Refused

from .counter import Counter
from .test_callbacks import text

pytestmark = pytest.mark.clause("SD-4.2.2")
EARLY = Hours(time(7), time(15), "早班", (0, 1, 2, 3, 4))


def held(counter: Counter) -> Crew:
    """What is written down now."""
    return crew_at(counter.site, counter.now)


def sends(counter: Counter, by: str, who: str, **told: Any) -> tuple[int, str]:
    """The form of one worker as it stands, with some of it changed."""
    form = {
        "key": "k",
        "reason": "换班",
        "seen": seen_of(held(counter), counter.id(who)),
        "days": list("01234"),
    }
    page = reverse("desk:worker", args=[counter.id(who)])
    answer = counter.browser(by).post(page, {**form, **told}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_head_writes_down_their_people_and_everybody_at_the_desk_reads_it(
    counter: Counter,
) -> None:
    told = {"skills": ["water", "wood"], "begins": "07:00", "ends": "15:00", "title": "早班"}
    status, page = sends(counter, "赵", "钱", **told)
    assert status == 200, page
    assert held(counter).by_worker[counter.id("钱")] == Worker(
        counter.id("钱"), ("water", "wood"), EARLY
    )
    read = text(counter, "苏", reverse("desk:crew"))
    for said in (
        "会水工、木工",
        "早班 07:00–15:00，周一到周五",
        "早班在岗，到 15:00（按上班时间）",
    ):
        assert said in read, said
    counter.later(hours=8)
    assert "不在班，明天早班 07:00上班" in text(counter, "钱", reverse("desk:crew"))
    assert [one.version for one in versions(counter.site, CREW.name)] == [1]


@pytest.mark.parametrize(
    ("by", "who", "status"),
    [("赵", "孙", 200), ("赵", "赵", 200), ("顾", "周", 200), ("周", "孙", 403), ("钱", "钱", 403), ("苏", "孙", 403), ("赵", "苏", 404)],
)  # fmt: skip
def test_only_the_head_of_somebodys_department_and_the_manager_write_it_down(
    counter: Counter, by: str, who: str, status: int
) -> None:
    page = reverse("desk:worker", args=[counter.id(who)])
    assert counter.browser(by).get(page, follow=True).status_code == status
    assert sends(counter, by, who, skills=["water"])[0] == status


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"begins": "07:00"}, "上班和下班要都写"),
        ({"begins": "七点", "ends": "15:00"}, "请写成 07:00 这样"),
        ({"begins": "07:00", "ends": "15:00", "days": []}, "请勾上哪几天上班"),
        ({"skills": ["magic"]}, "这个工种已经不用了"),
        ({"seen": "before"}, "别的同事刚改过"),
        ({"reason": ""}, "为什么改"),
    ],
    ids=["one end", "no hour", "no day", "a skill", "an old page", "no reason"],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_changes(
    counter: Counter, told: dict[str, Any], why: str
) -> None:
    status, page = sends(counter, "赵", "钱", **{"skills": ["water"], **told})
    assert (status, why in page) == (422, True), page
    assert versions(counter.site, CREW.name) == []


def test_whoever_left_is_written_down_no_more_and_stands_on_no_page(counter: Counter) -> None:
    sends(counter, "赵", "钱", skills=["water"])
    Assignment.objects.filter(staff=counter.staff["钱"]).update(until=counter.now)
    seen = seen_of(held(counter), counter.id("钱"))
    counter.later(minutes=1)
    with pytest.raises(Refused, match="不在哪个部门里"):
        counter.do(set_worker, "顾", worker=Worker(counter.id("钱")), reason="走了", seen=seen)
    assert str(counter.id("钱")) not in text(counter, "苏", reverse("desk:crew"))


def draws(counter: Counter, *skills: Skill, **more: Any) -> CrewSet:
    """The manager draws some of the skills anew."""
    told = {"reason": "新工种", "seen": seen_skills(held(counter)), **more}
    done: CrewSet = counter.do(set_skills, "顾", skills=skills, **told)
    return done


def test_the_words_for_skills_are_kept_per_office_and_a_key_is_never_given_twice(
    counter: Counter,
) -> None:
    draws(counter, Skill("", "瓦工", ("leak",)), Skill("wood", "木工", (), retired=True))
    draws(counter, Skill("own_1", "瓦工", ("leak",), retired=True), Skill("", "油漆"))
    crew = held(counter)
    assert [one.key for one in crew.skills if one.key.startswith("own")] == ["own_1", "own_2"]
    assert {"木工", "瓦工"}.isdisjoint(one.title for one in crew.offered)
    assert [one.key for one in crew.asked("leak")] == ["water"]


@pytest.mark.parametrize(
    ("skills", "more", "why"),
    [
        ((Skill("", "水工"),), {}, "「水工」写了两次"),
        ((Skill("mine", "我的"),), {}, "没有「我的」这个工种"),
        ((Skill("", "瓦工"),), {"seen": "before"}, "别的同事刚改过"),
        ((Skill("", "瓦工"),), {"reason": " "}, "写明为什么"),
        ((), {}, "没有要改的"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(
    counter: Counter, skills: tuple[Skill, ...], more: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        draws(counter, *skills, **more)
    assert versions(counter.site, CREW.name) == []


def test_a_head_changes_the_words_on_one_page(counter: Counter) -> None:
    crew = held(counter)
    form: dict[str, Any] = {"key": "k", "reason": "加瓦工", "seen": seen_skills(crew)}
    form |= {f"title_{one.key}": one.title for one in crew.skills}
    form |= {f"subjects_{one.key}": list(one.subjects) for one in crew.skills}
    page, told = reverse("desk:skills"), {"title_new_1": "瓦工", "subjects_new_1": ["leak"]}
    wrong = counter.browser("赵").post(page, {**form, "subjects_new_1": ["leak"]})
    assert (wrong.status_code, "请写新工种的名称" in wrong.content.decode()) == (422, True)
    assert counter.browser("钱").get(page, follow=True).status_code == 403
    assert counter.browser("赵").post(page, {**form, **told}, follow=True).status_code == 200
    assert [one.title for one in held(counter).asked("leak")] == ["水工", "瓦工"]
    assert "瓦工" in text(counter, "苏", reverse("desk:crew"))
    assert counter.faults() == []
