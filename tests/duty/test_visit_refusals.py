"""Every refusal about a show flat's visitors says why, and changes neither a row nor the journal (SF-4.3.1 – 4.3.5)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from yingbin.customers.wording import SHIPPED
from yingbin.duty.actions import facts, planning, questions, referrals, visit_sheets, visits
from yingbin.duty.actions.facts import Facts
from yingbin.duty.models import PostRule, ShowVisit
from yingbin.journal.models import Entry
from yingbin.people.policies import set_policy
from yingbin.rules.decision import Refused

from .beside import Beside
from .flat import Flat
from .test_visit_sheets import (
    DONE,
    INK,
    answer,
    evening,  # noqa: F401
    hand_over,
    laid,
    settle_all,
)
from .test_visits import WANG, come_in, faults, morning, scan  # noqa: F401

Both = tuple[Flat, Beside]
Try = Callable[[Flat], object]
GOOD = Facts("三房两厅两卫", "约 118 平方米")
NOBODY = uuid4()


def refused(flat: Flat, attempt: Callable[[], object], words: str, field: str) -> None:
    """The attempt is refused in these words, at this field of the form, and nothing is written."""
    before = Entry.objects.count(), list(ShowVisit.objects.values().order_by("id"))
    with pytest.raises(Refused) as no:
        attempt()
    assert words in no.value.message
    assert no.value.about == field
    assert (Entry.objects.count(), list(ShowVisit.objects.values().order_by("id"))) == before


def tell(flat: Flat, visit: ShowVisit, **more: object) -> None:
    told = {"visit_id": visit.id, "size": 2, "been": False, **more}
    flat.do(visits.tell_guests, "叶", **told)


def waiting(flat: Flat) -> ShowVisit:
    return scan(flat)


def void(flat: Flat) -> ShowVisit:
    visit = scan(flat)
    flat.do(visits.turn_down_guests, "叶", visit_id=visit.id)
    return visit


def met(flat: Flat) -> ShowVisit:
    visit = scan(flat)
    flat.do(visits.confirm_guests, "叶", visit_id=visit.id, size=2, been=False)
    return visit


def gone(flat: Flat) -> ShowVisit:
    visit = come_in(flat)
    flat.do(visits.guests_out, "叶", visit_id=visit.id)
    return visit


STATES: list[tuple[str, Callable[[Flat], ShowVisit], str]] = [
    ("confirm", void, "已经作废了"),
    ("confirm", met, "已经有人确认了"),
    ("confirm", come_in, "已经有人确认了"),
    ("turn_down", void, "已经作废了"),
    ("turn_down", met, "已经有人确认了"),
    ("turn_down", gone, "已经有人确认了"),
    ("tell", waiting, "请先确认"),
    ("tell", void, "请重新登记"),
    ("out", waiting, "请先确认"),
    ("out", void, "请重新登记"),
    ("out", gone, "已经送走了"),
    ("ask", waiting, "请先确认"),
    ("ask", void, "请重新登记"),
    ("refer", waiting, "请先确认"),
    ("refer", void, "请重新登记"),
]


def does(verb: str, flat: Flat, visit_id: object) -> Callable[[], object]:
    """One of the verbs about a group, ready to be tried."""
    verbs: dict[str, Callable[[], object]] = {
        "confirm": lambda: flat.do(
            visits.confirm_guests, "许", visit_id=visit_id, size=2, been=True
        ),
        "turn_down": lambda: flat.do(visits.turn_down_guests, "许", visit_id=visit_id),
        "tell": lambda: flat.do(visits.tell_guests, "许", visit_id=visit_id, size=2, been=True),
        "out": lambda: flat.do(visits.guests_out, "许", visit_id=visit_id),
        "ask": lambda: flat.do(
            questions.ask_question, "许", visit_id=visit_id, question="层高？", answer="2.95 米"
        ),
        "refer": lambda: flat.do(referrals.send_over, "许", visit_id=visit_id),
    }
    return verbs[verb]


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(("verb", "state", "words"), STATES)
def test_a_verb_that_does_not_fit_how_far_a_group_is_says_what_to_do_instead(
    morning: Flat,  # noqa: F811
    verb: str,
    state: Callable[[Flat], ShowVisit],
    words: str,
) -> None:
    visit = state(morning)
    refused(morning, does(verb, morning, visit.id), words, "")
    assert faults(morning) == []


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize("verb", ["confirm", "turn_down", "tell", "out", "ask", "refer"])
def test_nobody_of_another_flat_does_anything_with_a_group_of_this_one(
    morning: Flat,  # noqa: F811
    verb: str,
) -> None:
    visit = scan(morning) if verb in ("confirm", "turn_down") else come_in(morning)
    other = Flat()
    other.now = morning.now
    refused(other, does(verb, other, visit.id), "没有找到这批客人，请回到客人列表", "")


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("wrong", "words", "field"),
    [
        ({"size": 0}, "人数填 1 到 99", "size"),
        ({"size": -3}, "人数填 1 到 99", "size"),
        ({"size": 100}, "人数填 1 到 99", "size"),
        ({"name": "王建国", "agreed": ""}, "客人没有同意，姓名和电话就不留", "agreed"),
        ({"phone": "13812341234", "agreed": ""}, "客人没有同意", "agreed"),
        ({"name": "王" * 41, "agreed": SHIPPED}, "姓名最多 40 个字", "name"),
        ({"phone": "1381234123", "agreed": SHIPPED}, "少一位", "phone"),
        ({"phone": "88886666", "agreed": SHIPPED}, "请带上区号", "phone"),
        ({"name": "王建国", "agreed": "2019-1"}, "没有这一版告知内容", ""),
    ],
)
def test_what_cannot_be_kept_of_a_group_is_refused_as_a_whole(
    morning: Flat,  # noqa: F811
    wrong: dict[str, object],
    words: str,
    field: str,
) -> None:
    visit = come_in(morning)
    refused(morning, lambda: tell(morning, visit, note="带孩子", **wrong), words, field)
    visit.refresh_from_db()
    assert (visit.note, visit.customer_id) == ("", None)


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("wrong", "words", "field"),
    [
        ({"size": 0}, "人数填 1 到 99", "size"),
        ({"phone": "138"}, "手机号是 11 位", "phone"),
        ({"name": "王" * 41}, "姓名最多 40 个字", "name"),
        ({"agreed": "2019-1"}, "说明刚刚改过，请看一遍新的再提交", "consent"),
    ],
)
def test_what_a_visitor_may_not_send_is_refused_even_past_the_form(
    morning: Flat,  # noqa: F811
    wrong: dict[str, object],
    words: str,
    field: str,
) -> None:
    refused(morning, lambda: scan(morning, **wrong), words, field)
    assert not ShowVisit.objects.exists()


@pytest.mark.clause("SF-4.3.2")
def test_a_post_that_is_no_show_flat_or_was_given_up_takes_nobody_in(flat: Flat) -> None:
    desk = flat.do(planning.keep_post, "许", name="前台", kind="guard")
    post = PostRule.objects.get(id=desk).post_id
    told = {"size": 2, "been": None}
    for wrong in (post, NOBODY):
        refused(
            flat,
            lambda w=wrong: flat.do(visits.guests_in, "叶", post=w, **told),  # type: ignore[misc]
            "没有这个样板间，请刷新页面再选",
            "post",
        )
        with pytest.raises(Refused, match="没有这个样板间"):
            flat.do(facts.renew_code, "许", post=wrong)
        with pytest.raises(Refused, match="没有这个样板间"):
            flat.do(facts.keep_facts, "许", post=wrong, told=GOOD, before=0)
    flat.do(planning.give_up_post, "许", rule=PostRule.objects.get(post_id=flat.post).id)
    with pytest.raises(Refused, match="没有这个样板间"):
        come_in(flat)
    with pytest.raises(Refused, match="没有这个样板间"):
        scan(flat)


@pytest.mark.clause("SF-4.3.3")
@pytest.mark.parametrize(
    ("told", "words", "field"),
    [
        (Facts(" ", "118"), "户型和建筑面积要写", "layout"),
        (Facts("三房", ""), "户型和建筑面积要写", "layout"),
        (Facts("三房", "118", answers=(("层高？", " "),)), "每条都要有问题和答复", "answers"),
        (Facts("三房", "118", answers=(("", "2.95"),)), "每条都要有问题和答复", "answers"),
        (Facts("三房", "118", answers=(("层高？", "2"),) * 41), "最多 40 条", "answers"),
    ],
)
def test_a_card_that_would_leave_the_receptionist_without_words_is_refused(
    flat: Flat, told: Facts, words: str, field: str
) -> None:
    again = lambda: flat.do(facts.keep_facts, "许", post=flat.post, told=told, before=0)  # noqa: E731
    refused(flat, again, words, field)
    assert flat.do(facts.keep_facts, "许", post=flat.post, told=GOOD, before=0) == 1


@pytest.mark.clause("SF-4.3.3")
@pytest.mark.parametrize(
    ("told", "words", "field"),
    [
        ({"question": "学区？"}, "选转给谁去问", "answer"),
        ({"question": "学区？", "answer": " "}, "选转给谁去问", "answer"),
        ({"question": "学区？", "answer": "不知道", "to": "许"}, "已经答复的不用再转", "to"),
        ({"question": " ", "answer": "2.95 米"}, "请用一句话写下是什么事", "question"),
    ],
)
def test_a_question_has_either_an_answer_or_somebody_who_asks(
    morning: Flat,  # noqa: F811
    told: dict[str, str],
    words: str,
    field: str,
) -> None:
    visit = come_in(morning)
    said = {**told, **({"to": str(morning.people["许"])} if "to" in told else {})}
    again = lambda: morning.do(questions.ask_question, "叶", visit_id=visit.id, **said)  # noqa: E731
    refused(morning, again, words, field)


@pytest.mark.clause("SF-4.3.3")
def test_who_was_at_sales_or_left_no_number_is_not_sent_there(morning: Flat) -> None:  # noqa: F811
    Beside(morning).chosen()
    visit = come_in(morning, been=True)
    send = does("refer", morning, visit.id)
    refused(morning, send, "由原来的置业顾问接着接待", "")
    tell(morning, visit, been=False)
    refused(morning, send, "先留下客人的电话", "phone")
    tell(morning, visit, name="王建国", agreed=SHIPPED)
    refused(morning, send, "先留下客人的电话", "phone")
    tell(morning, visit, **WANG)
    send()
    refused(morning, send, "已经转过售楼处了", "")


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(("hours", "words"), [(10, "这一天还没有到"), (24, "这一天还没有到")])
def test_tomorrow_s_sheet_is_not_signed_today(flat: Flat, hours: int, words: str) -> None:
    """The day turns at four in the morning: ten hours after six in the evening is still a day too early to sign."""
    flat.now = flat.at("18:00")
    day = (flat.now + timedelta(hours=hours)).date()
    told = {"day": day, "word": "", "signature": INK}
    refused(flat, lambda: flat.do(visit_sheets.hand_over_sheet, "叶", **told), words, "day")


@pytest.mark.clause("SF-4.3.2")
def test_a_sheet_waits_for_everybody_to_be_met_and_seen_off(morning: Flat) -> None:  # noqa: F811
    visit = scan(morning)
    refused(morning, lambda: hand_over(morning), "还有扫码登记的客人没有确认", "")
    does("confirm", morning, visit.id)()
    refused(morning, lambda: hand_over(morning), "还有客人没有送走，送客后再交", "")
    does("out", morning, visit.id)()
    void(morning)
    assert hand_over(morning).visits == 1
    refused(morning, lambda: hand_over(morning, "  "), "请写明更正了什么", "word")


@pytest.mark.clause("SF-4.3.2")
@pytest.mark.parametrize(
    ("settled", "words", "field"),
    [
        ({"indexes": (1,), "word": " ", "same": True}, "请写一句怎么回事", "word"),
        ({"indexes": (1,), "word": DONE}, "请选是不是同一批客人", "same"),
        ({"indexes": (), "word": DONE}, "没有要说明的差异了", ""),
        ({"indexes": (0,), "word": DONE}, "两边对得上，不用说明", ""),
        ({"indexes": (4,), "word": DONE}, "两边对得上，不用说明", ""),
        ({"indexes": (-1,), "word": DONE}, "两边对得上，不用说明", ""),
        ({"indexes": (2, 0), "word": DONE}, "两边对得上，不用说明", ""),
        ({"matching": NOBODY, "indexes": (2,), "word": DONE}, "没有找到这次对接", ""),
    ],
)
def test_a_difference_is_settled_with_a_word_alone_and_of_several_all_or_none(
    evening: Both,  # noqa: F811
    settled: dict[str, object],
    words: str,
    field: str,
) -> None:
    flat, _ = evening
    told = {"matching": laid(flat).id, **settled}
    refused(flat, lambda: flat.do(visit_sheets.settle_pairs, "许", **told), words, field)


@pytest.mark.clause("SF-4.3.2")
def test_a_former_matching_counts_no_more_for_either_side(evening: Both) -> None:  # noqa: F811
    flat, hall = evening
    old = laid(flat)
    settle_all(flat, old)
    flat.do(visit_sheets.match_sheet, "许", day=flat.now.date())
    told = {"matching": old.id, "indexes": (2,), "word": DONE}
    settle = lambda: flat.do(visit_sheets.settle_pairs, "许", **told)  # noqa: E731
    refused(flat, settle, "刚才又对照了一次", "")
    confirm = lambda: answer(flat, hall, old, agreed=True)  # noqa: E731
    refused(flat, confirm, "刚才又对照了一次", "")


@pytest.mark.clause("SF-4.3.2")
def test_sales_cannot_confirm_what_a_later_sheet_corrects(evening: Both) -> None:  # noqa: F811
    flat, hall = evening
    old = laid(flat)
    settle_all(flat, old)
    hand_over(flat, "漏了一批")
    confirm = lambda: answer(flat, hall, old, agreed=True)  # noqa: E731
    refused(flat, confirm, "又交了一份更正的记录表", "")


@pytest.mark.clause("SF-4.3.2")
def test_a_copy_with_whole_numbers_has_a_reason(evening: Both) -> None:  # noqa: F811
    flat, _ = evening
    told = {"day": flat.now.date(), "form": "paper", "rows": 3, "sha256": "", "why": "  "}
    refused(flat, lambda: flat.do(visit_sheets.hand_out_sheet, "许", **told), "请写明带出", "why")


@pytest.mark.clause("SF-4.3.3")
def test_the_gallery_visitors_go_to_is_changed_with_a_reason(flat: Flat) -> None:
    hall = Beside(flat, open=False)
    told = {"name": "duty.referring", "values": {"gallery": str(hall.site)}, "reason": " "}
    with pytest.raises(Refused, match="为什么"):
        flat.do(set_policy, "程", **told)
