"""The pages of a visit's preparation: what each person sees and may do, and what they typed when they were refused."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.customers.office import as_
from yingbin.tours.hosting import hosting

from .headquarters import Headquarters
from .test_pages import answer, page, prepare

ANALYSIS = {"aims": "谈整线供货", "needs": "自动焊接线", "care": "不谈价格"}


def forms(html: str) -> set[str]:
    """The tasks that a page lets somebody write."""
    return set(re.findall(r'/hosting/([a-z]+)/" novalidate', html))


@pytest.mark.clause("CV-3.3.2", "CV-3.3.3", "CV-3.3.4")
@pytest.mark.parametrize(
    ("who", "writes"),
    [
        ("江", {"analysis", "rehearsal", "senior", "direction", "meal"}),
        ("严", set()),
        ("韩", set()),
    ],
)
def test_reception_writes_it_and_leaders_and_departments_concerned_read_it(
    house: Headquarters, who: str, writes: set[str]
) -> None:
    one = house.word(words={"diet": "两位清真"})
    prepare(house, "叶", one, "analysis", **ANALYSIS)
    html = page(house, who, "hosting", one)
    assert forms(html) == writes
    for said in ("谈整线供货", "自动焊接线", "不谈价格", "第 1 版 · 叶", "两位清真"):
        assert said in html, said


@pytest.mark.clause("CV-3.3.2")
def test_whoever_only_applied_does_not_read_the_analysis(house: Headquarters) -> None:
    one = house.apply("key_account", by="秦", areas=("workshop",))
    prepare(house, "江", one, "analysis", **ANALYSIS)
    for name in ("hosting",):
        address = f"/s/zongbu/tours/{one}/{name}/"
        assert as_(house, "秦").get(address).status_code == 404
        assert as_(house, "何").get(address).status_code == 403
    assert "接待准备" not in page(house, "秦", "visit", one)
    assert "接待准备" in page(house, "韩", "visit", one)


@pytest.mark.clause("CV-3.3.2")
def test_what_was_typed_stays_where_it_is_refused(house: Headquarters) -> None:
    one = house.word()
    house.act("江", "task", one, task="guide", who="江")
    told = {"day": f"{house.now:%Y-%m-%d}", "time": "08:00", "passed": "no", "mend": ""}
    refused = prepare(house, "叶", one, "rehearsal", **told)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "预演的时间要在申请以后" in html
    assert '<details id="host-rehearsal" open>' in html
    house.later(hours=2)
    told |= {"time": f"{house.now:%H:%M}"}
    assert "请写要改什么" in prepare(house, "叶", one, "rehearsal", **told).content.decode()
    assert prepare(house, "叶", one, "rehearsal", **told | {"mend": "短一点"}).status_code == 302


@pytest.mark.clause("CV-3.3.3")
def test_a_leader_finds_the_request_under_mine_and_answers_on_a_page_of_their_own(
    house: Headquarters,
) -> None:
    one = house.word()
    prepare(house, "江", one, "senior", who=str(house.id("严")))
    assert "等答复" in page(house, "江", "hosting", one)
    assert f"/tours/{one}/companion/0/" in page(house, "严", "mine")
    assert as_(house, "罗").get(f"/s/zongbu/tours/{one}/companion/0/").status_code == 404
    html = page(house, "严", "companion", one, 0)
    assert "江请严陪同" in html
    told = {"answer": "declined", "reason": "出差", "deputy": str(house.id("罗"))}
    assert answer(house, "严", one, 0, **told).status_code == 302
    html = page(house, "江", "hosting", one)
    assert re.search(r"没空.*请推荐的这位", html, re.S)
    assert "companion/0" not in page(house, "严", "mine")
    prepare(house, "江", one, "senior", who=str(house.id("罗")))
    answer(house, "江", one, 2, answer="confirmed")
    assert "江代记" in page(house, "叶", "hosting", one)


@pytest.mark.clause("CV-3.3.3")
def test_somebody_who_is_not_needed_any_more_is_let_go_by_a_tap(house: Headquarters) -> None:
    one = house.word()
    prepare(house, "江", one, "senior", who=str(house.id("严")))
    address = f"/s/zongbu/tours/{one}/companion/0/drop/"
    as_(house, "严").post(address, {"key": "k-not-theirs"})
    assert len(hosting(house.row(one)).companions) == 1
    as_(house, "江").post(address, {"key": "k-drop"})
    assert hosting(house.row(one)).companions == ()


@pytest.mark.clause("CV-3.3.4")
def test_a_table_is_booked_with_the_diet_the_guests_asked_for_and_says_who_has_no_seat(
    house: Headquarters,
) -> None:
    one = house.word(words={"diet": "两位清真"})
    html = page(house, "江", "hosting", one)
    assert re.search(r'name="guests" value="12"', html)
    assert re.search(r"<textarea[^>]*meal_diet[^>]*>\s*两位清真", html)
    told = {
        "time": "12:15", "place": "湖畔厅", "guests": "10", "ours": "3", "per_head": "168.50", "diet": "两位清真",
    }  # fmt: skip
    prepare(house, "江", one, "meal", **told)
    html = page(house, "江", "hosting", one)
    for said in (
        "午餐",
        "湖畔厅",
        "每位 168.50元",
        "2190.50元",
        "有 2 位没有座位",
        "江订的",
        "订好了",
    ):
        assert said in html, said
    wrong = prepare(house, "江", one, "meal", **{**told, "guests": "40"})
    assert (wrong.status_code, "客人的座位要在 1 到 12 之间" in wrong.content.decode()) == (
        422,
        True,
    )


@pytest.mark.clause("CV-3.3.4")
def test_a_table_says_that_its_visit_moved_to_another_day_or_shrank(house: Headquarters) -> None:
    one = house.word()
    told = {"time": "12:15", "place": "湖畔厅", "guests": "12", "ours": "3", "per_head": "100"}
    prepare(house, "江", one, "meal", **told)
    house.act("江", "edit", one, headcount=9)
    assert "来访改成 9 人，客人座位多 3 个" in page(house, "江", "hosting", one)
    start, end = house.at(9, 10), house.at(9, 12)
    house.act("江", "edit", one, from_=start, to=end)
    assert "用餐还订在原来那天" in page(house, "江", "hosting", one)


@pytest.mark.clause("CV-3.3.2", "CV-3.3.4", "CV-3.4.1")
def test_the_plan_on_paper_has_everything_that_was_prepared(house: Headquarters) -> None:
    from .test_timeline import send as go

    one = house.word(words={"diet": "两位清真"})
    house.approve(one)
    house.act("江", "task", one, task="guide", who="叶")
    prepare(house, "江", one, "analysis", **ANALYSIS)
    prepare(house, "江", one, "senior", who=str(house.id("严")))
    answer(house, "严", one, 1, answer="confirmed")
    prepare(house, "江", one, "direction", serve="coffee", directed_by=str(house.id("罗")))
    go(house, "江", one, "fill")
    html = re.sub(r"\s+", " ", page(house, "韩", "hosting_paper", one))
    for said in (
        "<h1>接待方案</h1>", "编号 2026-0001", "谈整线供货", "咖啡（罗指示）", "<th>陪同领导</th> <td>严 </td>",
        "<td>10:00—10:20</td><td>会客</td> <td>20</td><td>叶</td>", "<td>需求分析</td><td>接待部</td>", "两位清真",
    ):  # fmt: skip
        assert said in html, said


def test_a_task_that_is_written_down_is_not_done_by_a_bare_tap(house: Headquarters) -> None:
    from .test_pages import send

    one = house.word()
    for task in ("analysis", "rehearsal", "senior", "direction", "meal"):
        assert send(house, "江", one, "task", task=task).status_code == 404
    assert "/hosting/#host-analysis" in page(house, "江", "visit", one)
    assert "/hosting/#host-analysis" in page(house, "江", "mine")


def test_the_page_costs_no_more_questions_with_much_on_it(
    house: Headquarters, django_assert_max_num_queries: Any
) -> None:
    one: UUID = house.word()
    for n in range(6):
        prepare(house, "江", one, "analysis", **{**ANALYSIS, "care": f"第 {n} 条"})
    browser = as_(house, "江")
    browser.get(f"/s/zongbu/tours/{one}/hosting/")
    with django_assert_max_num_queries(24):
        browser.get(f"/s/zongbu/tours/{one}/hosting/")
