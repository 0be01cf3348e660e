"""What people read about a matter: whom it can be given to, what happened, how its clocks stand, what a verb asks for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.customers.office import as_
from tests.matters.estate import Estate
from tests.matters.residents import HELP, QIAN, SU, WORKS, Desk, hours
from yingbin.matters import actions, queries
from yingbin.matters.words import asks_of, clocks_shown, history, takers

pytestmark = pytest.mark.usefixtures("residents")
NAMES = {SU: "苏", QIAN: "钱", WORKS: "工程部"}


def told(tap: Desk) -> list[tuple[str, str]]:
    """Who did what, the latest first."""
    return [(line.who, line.words) for line in history(tap.steps, NAMES, HELP)]


def test_the_history_says_in_words_who_did_what_for_whom() -> None:
    tap = Desk()
    tap("offer", SU, to=WORKS)
    tap("accept", QIAN)
    tap("respond", QIAN)
    tap("pause", QIAN, reason="parts")
    tap("resume", QIAN)
    assert told(tap)[:5] == [
        ("钱", "继续办"),
        ("钱", "暂停：等配件"),
        ("钱", "已响应"),
        ("钱", "接手"),
        ("苏", "转交给 工程部"),
    ]


def test_what_the_clock_did_is_the_systems_and_names_the_clock() -> None:
    tap = Desk()
    tap.now += hours(1)
    tap.clock()
    assert ("系统", "提醒（响应）") in told(tap)
    assert all(line.note == "" for line in history(tap.steps, NAMES, HELP) if line.who == "系统")


def test_whoever_has_left_is_called_a_former_colleague() -> None:
    tap = Desk()
    tap("offer", SU, to="somebody")
    assert history(tap.steps, {}, HELP)[0].words == "转交给 已离职同事"
    assert history(tap.steps, {}, HELP)[0].who == "已离职同事"


@pytest.mark.parametrize(
    ("after", "words", "look"),
    [(hours(0.25), "计时中", "waiting"), (hours(0.5), "已超时", "danger")],
)
def test_a_clock_says_whether_it_runs_or_is_late(after: timedelta, words: str, look: str) -> None:
    tap = Desk()
    first = clocks_shown(tap.state, HELP, tap.now + after)[0]
    assert (first.title, first.words, first.look) == ("响应", words, look)


def test_a_clock_that_was_met_says_whether_in_time_and_stands_behind_those_that_run() -> None:
    early, late = Desk(), Desk()
    early("respond", SU, after=hours(0.1))
    late("respond", SU, after=hours(0.6))
    for tap, words in ((early, "按时"), (late, "超时后才办")):
        shown = clocks_shown(tap.state, HELP, tap.now)
        assert [(c.title, c.words) for c in shown] == [("解决", "计时中"), ("响应", words)]


@pytest.mark.parametrize(
    ("verb", "fields", "label"),
    [
        ("accept", (), ""),
        ("offer", ("to", "note"), "捎句话"),
        ("answer", ("note", "photos"), "答复内容"),
        ("done", ("note", "photos"), "结果"),
        ("note", ("note", "photos"), "备注"),
        ("postpone", ("due_at", "note"), "原因"),
        ("respond", ("note", "photos"), "说明"),
    ],
)
def test_a_verb_asks_for_what_it_needs(verb: str, fields: tuple[str, ...], label: str) -> None:
    assert asks_of(verb, HELP) == (fields, label)
    told_apart = replace(HELP, photos={"before": "维修前"})
    more = ("purpose",) if "photos" in fields else ()
    assert asks_of(verb, told_apart)[0] == (*fields, *more)


def test_it_can_be_given_to_people_then_departments_then_roles(estate: Estate) -> None:
    people = queries.colleagues(estate.site, estate.now)
    shown = takers(people, without={str(estate.id("苏"))})
    words = [said for _, said in shown]
    assert "苏" not in words
    assert words.index("钱") < words.index("工程部") < words.index("客服前台（谁有空谁接）")
    assert [said for _, said in takers(people, groups=False)].count("工程部") == 0
    assert len({party for party, _ in shown}) == len(shown), "each once"


@pytest.mark.parametrize(
    ("who", "sees", "misses"),
    [
        ("苏", ["转给别人", "改时限", "加备注或照片", "取消这件事"], ["我来接", "改派经办人"]),
        ("林", ["转给别人", "改时限", "改派经办人", "取消这件事"], ["我来接"]),
    ],
)
def test_a_page_offers_each_what_they_may_do(
    estate: Estate, who: str, sees: list[str], misses: list[str]
) -> None:
    one = estate.ask()
    html = as_(estate, who).get(reverse("matters:matter", args=[one])).content.decode()
    assert [words for words in sees if words not in html] == []
    assert [words for words in misses if words in html] == []


def test_words_that_are_needed_are_not_called_optional(estate: Estate) -> None:
    one = estate.ask()
    browser = as_(estate, "苏")
    html = browser.get(reverse("matters:matter", args=[one])).content.decode()
    answer = html[html.index('for="answer-note"') :][:200]
    note = html[html.index('for="note-note"') :][:200]
    assert "可不填" not in answer
    assert "可不填" in note
    for verb, why in (("cancel", "请写下原因"), ("answer", "请写下答复内容")):
        refused = browser.post(reverse("matters:act", args=[one, verb]), {"key": verb})
        assert refused.status_code == 422
        assert why in refused.content.decode()


@pytest.mark.parametrize("which", ["mine", "asked", "all", "overdue", "paused", "ended"])
def test_an_empty_list_says_what_would_be_there(estate: Estate, which: str) -> None:
    html = as_(estate, "林").get(reverse("matters:index"), {"which": which}).content.decode()
    assert "没有要办的事" in html or "这里没有事项" in html
    assert "记一件事" in html


@pytest.mark.parametrize("asked", [{"which": "none"}, {"kind": "none"}])
def test_a_list_that_there_is_none_is_not_found(estate: Estate, asked: dict[str, str]) -> None:
    assert as_(estate, "林").get(reverse("matters:index"), asked).status_code == 404


def test_long_names_and_many_matters_stand_in_the_list_with_their_state(estate: Estate) -> None:
    title = "住户反映地下二层车库入口坡道积水，电动车打滑，已经有两位老人摔倒，请工程部尽快处理并回复住户"
    for n in range(30):
        estate.ask(title=f"{title}{n:02d}"[-80:], offered_to=estate.group)
    html = as_(estate, "钱").get(reverse("matters:index")).content.decode()
    assert html.count("等您接手") >= 30
    assert "30 件等您接手" in html
    estate.do(actions.accept, "钱", matter_id=queries.to_do(estate.badge("钱"))[0].id)
    html = as_(estate, "钱").get(reverse("matters:index")).content.decode()
    assert "29 件等您接手" in html
