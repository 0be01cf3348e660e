"""What the pages of a check say to whoever stands there, guards or leads, and what they keep when something is refused."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yingbin.duty.actions import check_lists, checks
from yingbin.duty.models import CheckAnswer, CheckList, DutyEvent
from yingbin.duty.queries.check_lists import shown_lists
from yingbin.matters.models import Matter
from yingbin.notices.models import Notice

from .flat import Flat
from .test_check_list_pages import item, room_of
from .test_pages import Enter, enter, here, shown, today  # noqa: F401


def task(flat: Flat, name: str = "opening", more: str = "") -> str:
    return here(flat, f"check/{flat.post}/{name}/{more}")


def sent(page: Client, address: str, key: str, **told: object) -> tuple[int, str]:
    """A post as a browser without JavaScript sends it, and the page it ends on."""
    answer = page.post(address, {"key": key, **told}, follow=True)
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.clause("SF-4.1")
def test_an_opening_check_goes_by_plain_posts_alone(today: Flat, enter: Enter) -> None:  # noqa: F811
    page, rooms = enter("叶"), shown_lists(today.site)["opening"].template.sections
    start = shown(page, task(today))
    assert "还有 3 项" in start
    assert "其余都正常" not in start  # the count stands first
    assert "签字</button>" not in start
    count = rooms[1].items[0].id
    code, text = sent(page, task(today, more=f"room/{rooms[1].id}/"), "a", **{count: "12"})
    assert code == 200
    assert "12件" in text
    assert "其余都正常" in text
    _, text = sent(page, task(today, more="all-well/"), "b")
    assert "签字" in text
    assert "其余都正常" not in text
    _, text = sent(page, task(today, more="sign/"), "c")
    assert "签好了样板间A开门检查" in text
    assert "已签" in text
    assert DutyEvent.objects.filter(event="answer").count() == 7


REFUSED_FORMS = [
    # where, what is typed, what is said, what is kept
    ("failed/", {"kind": "slip", "title": "", "detail": "靠窗那边"}, "", "靠窗那边"),
    ("failed/", {"kind": "lunch", "title": "歪了"}, "", 'value="歪了"'),
    ("failed/", {"kind": "slip", "title": "长" * 81}, "80", "长" * 81),
    ("answer/", {"result": "na", "reason": ""}, "", "不适用"),
    ("back/", {"word": ""}, "", "退回重做"),
    ("back/", {"word": "长" * 101}, "100", "长" * 101),
]


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(("where", "told", "says", "keeps"), REFUSED_FORMS)
def test_a_form_that_was_refused_keeps_what_was_typed_and_writes_nothing(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    where: str,
    told: dict[str, str],
    says: str,
    keeps: str,
) -> None:
    today.do(checks.answer, "叶", task=f"{today.post}/opening", item="goods", result="ok")
    events = DutyEvent.objects.count()
    code, text = sent(enter("许"), task(today, more=f"item/goods/{where}"), "a", **told)
    assert code == 422
    assert says in text
    assert keeps in text
    assert DutyEvent.objects.count() == events
    assert not Matter.objects.exists()
    assert not Notice.objects.filter(kind="duty.sent_back").exists()


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "还没有填件数"),
        ("十二", "请填一个整数，例如 12。"),
        ("-1", "数量不能小于 0。"),
        ("12.5", "请填一个整数，例如 12。"),
        ("100001", "100000"),
    ],
)
def test_a_count_that_is_none_is_said_at_its_room_and_stays_in_its_box(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    typed: str,
    says: str,
) -> None:
    room = shown_lists(today.site)["opening"].template.sections[1]
    address = task(today, more=f"room/{room.id}/")
    code, text = sent(enter("叶"), address, "a", **{room.items[0].id: typed})
    assert code == 422
    assert says in text
    assert not typed or f'value="{typed}"' in text
    assert not CheckAnswer.objects.exists()


@pytest.mark.clause("SF-4.1", "SC-4.1")
@pytest.mark.parametrize(
    ("who", "leads", "answers"), [("叶", False, True), ("许", True, True), ("秦", False, True)]
)
def test_an_items_page_offers_a_lead_alone_to_send_it_back(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    who: str,
    leads: bool,
    answers: bool,
) -> None:
    today.do(checks.answer, "叶", task=f"{today.post}/opening", item="goods", result="ok")
    text = shown(enter(who), task(today, more="item/goods/"))
    assert ("退回重做" in text) == leads
    assert ("记下，由我负责" in text) == answers
    assert "饰品、家具、资料按样摆正" in text
    assert "叶 10:00" in text


@pytest.mark.clause("SC-4.1")
def test_what_was_sent_back_shows_its_word_until_it_is_done_again(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    today.well("叶", "opening")
    today.do(checks.sign_check, "叶", task=f"{today.post}/opening")
    page = enter("叶")
    assert "记下，由我负责" not in shown(page, task(today, more="item/goods/"))
    _, text = sent(enter("许"), task(today, more="item/goods/back/"), "a", word="靠垫歪了")
    assert "已退回，填的人会收到。" in text
    assert "退回：靠垫歪了" in text
    assert "样板间A 开门检查" in shown(page, here(today))
    one = shown(page, task(today, more="item/goods/"))
    assert "领班退回：靠垫歪了" in one
    assert "记下，由我负责" in one
    assert 'name="result" value="na"' not in one  # it has to be looked at
    _, text = sent(page, task(today, more="item/goods/answer/"), "b", result="ok")
    assert "补做" in text
    assert "退回：靠垫歪了" not in text


@pytest.mark.clause("SC-4.1")
def test_whoever_did_it_again_is_told_when_it_still_is_not_good_enough(today: Flat) -> None:  # noqa: F811
    """Not whoever answered it first: they may have gone home."""
    today.well("叶", "opening")
    told = {"task": f"{today.post}/opening", "item": "goods"}
    today.do(checks.sign_check, "叶", task=told["task"])
    today.do(checks.send_back, "许", **told, word="靠垫歪了")
    today.do(checks.answer, "许", **told, result="ok")
    today.do(checks.send_back, "许", **told, word="还是歪")
    told_to = {n.body: n.to_id for n in Notice.objects.filter(kind="duty.sent_back")}
    assert told_to == {"靠垫歪了": today.people["叶"], "还是歪": today.people["许"]}


@pytest.mark.clause("SF-4.7")
def test_at_closing_only_a_repair_is_offered_and_a_slip_sent_by_hand_is_one(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    today.now = today.at("17:40")
    page, gas = enter("叶"), task(today, "closing", "item/gas/")
    assert 'name="kind" value="repair"' in shown(page, gas)
    code, text = sent(page, f"{gas}failed/", "a", kind="repair", title="燃气阀关不紧")
    assert code == 200
    assert "领班已得知" in text
    assert Matter.objects.get().kind == "repair"
    code, _ = sent(page, f"{gas}failed/", "b", kind="slip", title="燃气阀关不紧")
    assert code == 422
    assert Matter.objects.count() == 1
    assert "关门检查要当班的人和安全员各签一次" in shown(page, task(today, "closing"))


@pytest.mark.clause("SF-4.1")
def test_a_button_pressed_too_early_says_why_where_it_was_pressed(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    page = enter("叶")
    _, text = sent(page, task(today, more="sign/"), "a")
    assert "没有填" in text
    _, text = sent(page, task(today, more="all-well/"), "b")
    assert "先填贵重物品·件数，再点全部正常" in text
    _, text = sent(page, task(today, "closing", "all-well/"), "c")
    assert "先填贵重物品·件数" in text
    assert not DutyEvent.objects.filter(event="answer").exists()


BAD_ITEMS = [
    ({"title": ""}, ""),
    ({"kind": "number", "low": "30", "high": "20"}, "下限比上限大"),
    ({"kind": "number", "low": "冷"}, "要填数字"),
    ({"kind": "choice", "choices": "亮", "good": "亮"}, "两个以上不同的选项"),
    ({"kind": "choice", "choices": "亮\n暗", "good": "闪"}, "哪个算正常|选哪个算正常"),
    ({"kind": "count", "expected": "许多"}, "请填一个整数"),
    ({"kind": "paint"}, ""),
    ({"section": "gone"}, ""),
    ({"weekdays": ["9"]}, ""),
]


@pytest.mark.clause("SF-4.1")
@pytest.mark.parametrize(("told", "says"), BAD_ITEMS)
def test_an_item_that_makes_no_sense_comes_back_as_it_was_typed(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    told: dict[str, object],
    says: str,
) -> None:
    sections, typed = room_of(today, "样板间"), {"help": "从门口往里看"}
    first = item(key="a", section=sections, **typed)
    answer = enter("许").post(here(today, "setup/checks/opening/item/"), {**first, **told})
    text = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert not says or any(word in text for word in says.split("|"))
    assert "从门口往里看" in text
    assert shown_lists(today.site)["opening"].draft is False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1 5", (1, 5)), ("5，1、1", (1, 5)), ("", ()), ("0", None), ("二", None), ("100", None)],
)
def test_rounds_are_read_as_people_write_them(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
    typed: str,
    kept: tuple[int, ...] | None,
) -> None:
    told = item(key="a", section=room_of(today, "巡查", "round"), title="花艺", rounds=typed)
    answer = enter("许").post(here(today, "setup/checks/round/item/"), told)
    if kept is None:
        assert "写第几次巡查的数字" in answer.content.decode()
        return
    one = shown_lists(today.site)["round"].template.sections[0].items[-1]
    assert (one.title, one.rounds) == ("花艺", kept)


@pytest.mark.clause("SF-4.1")
def test_a_list_says_what_it_is_before_and_after_it_was_changed(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    lead, home = enter("许"), here(today, "setup/checks/round/")
    assert "随程序带的默认模板" in shown(lead, home)
    assert "随程序带的</small>" in unescape(shown(lead, home)).replace("\n", "").replace(" ", "")
    _, text = sent(lead, f"{home}room/", "a", title="地库", at="")
    assert "改动还没有发布" in text
    assert "这个区域还没有检查项" in text
    assert "有没发布的改动" in shown(lead, here(today, "setup/checks/"))
    _, text = sent(lead, f"{home}publish/", "b")
    assert "已发布第 2 版。今天已经开始的检查不变" in text
    assert "改动还没有发布" not in text
    _, text = sent(lead, f"{home}publish/", "c")
    assert "没有改动，不用发布" in text
    assert CheckList.objects.filter(kind="round").count() == 2


@pytest.mark.clause("SF-4.7")
def test_two_rooms_of_one_name_wait_in_the_draft_and_are_not_published(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    lead, home = enter("许"), here(today, "setup/checks/closing/")
    _, text = sent(lead, f"{home}room/", "a", title="厨房", at="")
    _, text = sent(lead, f"{home}publish/", "b")
    assert "有两个区域都叫“厨房”，请改其中一个的名称" in text
    assert not CheckList.objects.filter(shipped=False).exists()


def test_a_long_list_asks_no_more_questions_than_a_short_one(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    lead, home = enter("许"), here(today, "setup/checks/opening/")
    room = str(today.do(check_lists.draft_section, "许", check="opening", title="长廊"))

    def asked(many: int) -> int:
        for n in range(many):
            values = {"title": f"{many}排第{n}盏灯"}
            today.do(check_lists.draft_item, "许", check="opening", section=room, values=values)
        shown(lead, home)
        with CaptureQueriesContext(connection) as queries:
            assert shown(lead, home).count(f"{many}排") == many
        return len(queries)

    assert asked(1) == asked(30)


@pytest.mark.clause("SF-4.7")
def test_the_count_that_the_evening_is_held_against_is_not_taken_off_the_morning(
    today: Flat,  # noqa: F811
    enter: Enter,  # noqa: F811
) -> None:
    """Else any number would do at closing. Taken off the evening first, it may go."""
    lead, home = enter("许"), here(today, "setup/checks/")
    counted = shown_lists(today.site)["opening"].template.sections[1].items[0]
    sent(lead, f"{home}opening/part/{counted.id}/drop/", "a")
    _, text = sent(lead, f"{home}opening/publish/", "b")
    assert "关门检查的「贵重物品·件数」要和这张表里的点数比" in text
    assert not CheckList.objects.filter(kind="opening", shipped=False).exists()
    evening = room_of(today, "贵重物品", "closing")
    sent(lead, f"{home}closing/part/{evening}/drop/", "c")
    sent(lead, f"{home}closing/publish/", "d")
    _, text = sent(lead, f"{home}opening/publish/", "e")
    assert "已发布第 2 版" in text
