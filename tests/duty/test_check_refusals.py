"""What is refused of a check and of a check list, and in which words: each says why and what to do next."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from yingbin.duty.actions import check_lists, checks
from yingbin.duty.actions.checking import Filled
from yingbin.duty.models import CheckAnswer, CheckDraft, CheckList, DutyEvent
from yingbin.journal.models import Entry
from yingbin.journal.write import KeyReused
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused

from .flat import Flat


@pytest.fixture
def morning(flat: Flat) -> Flat:
    """叶, 许 and 秦 the guard are there; it is twenty past eight."""
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", "许", "秦", at="08:20")
    return flat


def task(flat: Flat, name: str = "opening") -> str:
    return f"{flat.post}/{name}"


def entries(flat: Flat) -> int:
    return Entry.objects.filter(site_id=flat.site).count()


OPENING_ANSWERS = [
    ({"item": "goods", "result": "na"}, "不适用要写一句原因", "reason"),
    ({"item": "goods", "result": "na", "reason": "  　"}, "不适用要写一句原因", "reason"),
    ({"item": "nothing", "result": "ok"}, "这项检查里没有这一项，请刷新页面", ""),
    ({"item": "gas", "result": "ok"}, "这项检查里没有这一项", ""),  # asked at closing alone
    ({"item": "guards", "result": "ok"}, "这项检查里没有这一项", ""),  # at a sales centre alone
]


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(("told", "words", "about"), OPENING_ANSWERS)
def test_an_answer_that_makes_no_sense_is_refused_and_leaves_no_trace(
    morning: Flat, told: dict[str, str], words: str, about: str
) -> None:
    before = entries(morning)
    with pytest.raises(Refused, match=words) as no:
        morning.do(checks.answer, "叶", task=task(morning), **told)
    assert (no.value.about or "") == about
    assert entries(morning) == before


@pytest.mark.clause("SF-4.1", "SF-4.7")
@pytest.mark.parametrize("name", ["opening/1", "round/0", "round/9", "round", "lunch", ""])
def test_there_are_the_checks_of_the_day_and_no_others(morning: Flat, name: str) -> None:
    for action, told in (
        (checks.answer, {"item": "goods", "result": "ok"}),
        (checks.answer_room, {}),
        (checks.failed, {"item": "goods", "kind": "slip", "title": "歪"}),
        (checks.send_back, {"item": "goods", "word": "歪"}),
        (checks.sign_check, {}),
    ):
        with pytest.raises(Refused, match="今天没有这项检查，请回到「现在」页"):
            morning.do(action, "许", task=task(morning, name), **told)


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("name", "at", "words"),
    [
        ("closing", "17:29", "17:30才能开始"),
        ("closing", "17:30", ""),
        ("round/1", "09:29", "09:30才能开始"),
        ("round/1", "09:30", ""),
        ("opening", "08:21", ""),
        ("opening", "23:59", ""),  # late is better than never, as long as the day lasts
        ("closing", "23:59", ""),
    ],
)
def test_a_check_begins_at_its_minute_and_not_one_before(
    morning: Flat, name: str, at: str, words: str
) -> None:
    one = {"opening": "goods", "closing": "gas", "round/1": "patrol"}[name]
    told = {"task": task(morning, name), "item": one, "result": "ok"}
    if words:
        with pytest.raises(Refused, match=words):
            morning.do(checks.answer, "许", at=at, **told)
    else:
        assert "正常" in str(morning.do(checks.answer, "许", at=at, **told))


@pytest.mark.clause("SF-4.1", "SF-4.7")
@pytest.mark.parametrize(
    ("who", "name", "words"),
    [
        ("叶", "opening", ""),
        ("许", "opening", ""),
        ("秦", "opening", "秦不在样板间A"),  # a guard has a part in the closing check alone
        ("陈", "opening", "陈不在样板间A"),
        ("苏", "closing", "苏不在样板间A"),
        ("秦", "closing", ""),
        ("程", "opening", "没有程这个人|程不在"),
    ],
)
def test_who_stands_there_or_leads_answers_and_nobody_else(
    morning: Flat, who: str, name: str, words: str
) -> None:
    one = {"opening": "goods", "closing": "gas"}[name]
    told = {"task": task(morning, name), "item": one, "result": "ok", "at": "17:40"}
    if words:
        with pytest.raises(Refused, match=words):
            morning.do(checks.answer, who, **told)
        assert not DutyEvent.objects.filter(event="answer").exists()
    else:
        morning.do(checks.answer, who, **told)
        assert DutyEvent.objects.get(event="answer").by == morning.people[who]


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("name", "at", "words"),
    [
        ("opening", "08:30", "还有.*没有填"),
        ("round/1", "10:00", "还有.*没有填"),
        ("closing", "17:40", "还有.*没有填"),
    ],
)
def test_an_empty_check_is_not_signed(morning: Flat, name: str, at: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        morning.do(checks.sign_check, "叶", at=at, task=task(morning, name))


@pytest.mark.clause("SF-4.1")
def test_a_signed_check_takes_no_answer_and_no_second_signature(morning: Flat) -> None:
    morning.well("叶", "opening")
    morning.do(checks.sign_check, "叶", task=task(morning))
    for action, told in (
        (checks.answer, {"item": "goods", "result": "ok"}),
        (checks.failed, {"item": "goods", "kind": "slip", "title": "歪了"}),
        (checks.sign_check, {}),
    ):
        with pytest.raises(Refused, match="已经签好，不能再改"):
            morning.do(action, "叶", task=task(morning), **told)
    assert morning.do(checks.answer_room, "叶", task=task(morning)).items == 0
    assert not Matter.objects.exists()


@pytest.mark.clause("SF-4.7")
def test_an_answer_after_the_first_signature_takes_it_back(morning: Flat) -> None:
    closing = task(morning, "closing")
    morning.well("叶", "closing", at="17:45")
    morning.do(checks.sign_check, "秦", task=closing)
    morning.do(checks.answer, "叶", task=closing, item="gas", result="na", reason="未通气")
    said = morning.do(checks.sign_check, "叶", task=closing)
    assert "还等安全员签字" in said.because
    assert "签好了" in morning.do(checks.sign_check, "秦", task=closing).because


@pytest.mark.clause("SF-4.7")
def test_a_fault_at_closing_is_a_repair_and_wants_guard_and_lead(morning: Flat) -> None:
    closing = task(morning, "closing")
    told = {"kind": "slip", "title": "窗锁松"}
    opened = morning.do(checks.failed, "叶", at="17:40", task=closing, item="windows", **told)
    assert Matter.objects.get(id=opened.matter).kind == "repair"  # at closing it is never a slip
    morning.well("叶", "closing")
    with pytest.raises(Refused, match="要由安全员和领班来签"):
        morning.do(checks.sign_check, "叶", task=closing)


@pytest.mark.clause("SF-4.1")
def test_the_same_key_twice_answers_fails_returns_and_signs_once(morning: Flat) -> None:
    rest = {"task": task(morning), "filled": morning.filled(task(morning))}
    wrong = {"task": task(morning), "item": "goods", "kind": "slip", "title": "歪了"}
    back = {"task": task(morning), "item": "environment", "word": "有手印"}
    deeds: list[tuple[Callable[..., object], str, dict[str, object]]] = [
        (checks.failed, "叶", dict(wrong)),
        (checks.answer_room, "叶", dict(rest)),
        (checks.send_back, "许", dict(back)),
        (checks.answer, "叶", {"task": task(morning), "item": "environment", "result": "ok"}),
        (checks.sign_check, "叶", {"task": task(morning)}),
    ]
    for n, (action, who, told) in enumerate(deeds):
        first = morning.do(action, who, key=f"same{n}", **told)
        written = entries(morning)
        assert morning.do(action, who, key=f"same{n}", **told) == first
        assert entries(morning) == written
    assert Matter.objects.count() == 1


def test_a_key_that_came_with_something_else_is_not_taken_for_the_same(morning: Flat) -> None:
    told = {"task": task(morning), "item": "goods"}
    morning.do(checks.answer, "叶", key="k", **told, result="ok")
    with pytest.raises(KeyReused):
        morning.do(checks.answer, "叶", key="k", **told, result="na", reason="没有")


@pytest.mark.clause("SF-4.1")
def test_two_who_answer_in_the_same_second_both_stand_and_the_later_counts(morning: Flat) -> None:
    told = {"task": task(morning), "item": "goods", "at": "08:30"}
    morning.do(checks.answer, "叶", **told, result="ok")
    morning.do(checks.answer, "许", **told, result="na", reason="撤场")
    kept = DutyEvent.objects.filter(event="answer").order_by("index")
    assert [(e.facts["result"], e.at) for e in kept] == [
        ("ok", morning.at("08:30")),
        ("na", morning.at("08:30")),
    ]


@pytest.mark.clause("SF-4.1", "SF-4.7")
@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(hours=23, minutes=59), ""),
        (timedelta(hours=24), ""),  # midnight: the same day on duty
        (timedelta(hours=27, minutes=59), ""),
        (timedelta(hours=28), "不在样板间A"),  # four in the morning: nobody has come yet
    ],
)
def test_a_day_on_duty_lasts_until_four_in_the_morning(
    morning: Flat, after: timedelta, words: str
) -> None:
    began, told = morning.log.id, {"item": "goods", "result": "ok", "task": task(morning)}
    morning.now = morning.at("00:00") + after - timedelta(seconds=1)
    if words:
        with pytest.raises(Refused, match=words):
            morning.do(checks.answer, "许", **told)
        assert not DutyEvent.objects.filter(event="answer").exists()
    else:
        morning.do(checks.answer, "许", **told)
        assert DutyEvent.objects.get(event="answer").log_id == began


FILLINGS = [
    ({"kind": "number", "low": "18", "high": "26"}, {"number": "冷"}, "请填一个数字，例如 22"),
    ({"kind": "number", "low": "18", "high": "26"}, {"number": " "}, "还没有填数字"),
    ({"kind": "count"}, {}, "还没有点数"),
    ({"kind": "choice", "choices": ["亮", "暗"], "good": ["亮"]}, {"choice": ""}, "还没有选"),
    ({"kind": "choice", "choices": ["亮", "暗"], "good": ["亮"]}, {"choice": "闪"}, "请从列出的里"),
    ({"kind": "signature"}, {}, "还没有签名"),
    ({"kind": "photo"}, {"number": "3"}, "还没有拍照"),
    (
        {"kind": "number", "high": "26", "photo_if_failed": True},
        {"number": "30"},
        "30，应为不高于 26。不正常要拍照：点这一项的「有问题」",
    ),
]


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(("item", "filled", "words"), FILLINGS)
def test_what_has_to_be_filled_in_is_refused_at_its_field(
    flat: Flat, item: dict[str, object], filled: dict[str, str], words: str
) -> None:
    room = flat.do(check_lists.draft_section, "许", check="opening", title="客厅")
    told = {"check": "opening", "section": str(room), "values": {"title": "这一项", **item}}
    one = flat.do(check_lists.draft_item, "许", **told)
    flat.do(check_lists.publish_list, "许", check="opening")
    flat.roster(叶="全", 许="全")
    flat.sign_on("叶", at="08:20")
    for action, more in (
        (checks.answer, {"item": one, "result": "ok", "filled": Filled(one, **filled)}),
        (checks.answer_room, {"section": str(room), "filled": (Filled(one, **filled),)}),
    ):
        with pytest.raises(Refused, match=words) as no:
            flat.do(action, "叶", task=task(flat), **more)
        assert no.value.about == one
    assert not DutyEvent.objects.filter(event="answer").exists()
    assert not CheckAnswer.objects.exists()


@pytest.mark.clause("SF-4.1")
def test_a_list_is_changed_published_and_given_up_in_words(flat: Flat) -> None:
    said: list[tuple[Callable[..., object], dict[str, object], str]] = [
        (check_lists.draft_section, {"check": "lunch", "title": "厨房"}, "没有这种检查"),
        (check_lists.draft_section, {"check": "round", "title": " "}, "请写区域名称"),
        (check_lists.drop_part, {"check": "lunch", "part": "x"}, "没有这种检查"),
        (check_lists.move_part, {"check": "", "part": "x", "step": 1}, "没有这种检查"),
        (check_lists.drop_part, {"check": "round", "part": "patrol"}, "规程规定的项不能去掉"),
        (check_lists.publish_list, {"check": "round"}, "没有改动，不用发布"),
        (check_lists.publish_list, {"check": "lunch"}, "没有改动"),
    ]
    for action, told, words in said:
        with pytest.raises(Refused, match=words):
            flat.do(action, "许", **told)
    assert not CheckDraft.objects.exists()
    assert not CheckList.objects.exists()


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": " "}, "要写看什么"),
        ({"title": "温度", "kind": "number", "low": "冷"}, "要填数字"),
        ({"title": "温度", "kind": "number", "low": "9", "high": "8"}, "下限比上限大"),
        ({"title": "灯", "kind": "choice", "choices": ["亮"], "good": ["亮"]}, "两个以上不同"),
        ({"title": "灯", "kind": "choice", "choices": ["亮", "暗"], "good": []}, "哪个算正常"),
        ({"title": "花", "rounds": [2]}, "只有巡查才分第几次"),
    ],
)
def test_an_item_that_makes_no_sense_never_comes_into_the_draft(
    flat: Flat, values: dict[str, object], words: str
) -> None:
    room = flat.do(check_lists.draft_section, "许", check="opening", title="客厅")
    told = {"check": "opening", "section": str(room), "values": values}
    with pytest.raises(Refused, match=words):
        flat.do(check_lists.draft_item, "许", **told)
    with pytest.raises(Refused, match="已经不在表里了，请刷新"):
        flat.do(check_lists.draft_item, "许", **{**told, "values": {"title": "灯"}}, item="gone")
    with pytest.raises(Refused, match="已经不在表里了，请刷新"):
        flat.do(
            check_lists.draft_item, "许", check="opening", section="gone", values={"title": "灯"}
        )
    assert CheckDraft.objects.get().body["sections"][-1]["items"] == []
