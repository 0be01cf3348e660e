"""Everything a matter may be refused says in plain words why, and what to do instead."""

from datetime import timedelta

import pytest

from tests.matters.residents import LIN, QIAN, SU, WORKS, ZHAO, Desk
from tests.matters.test_rules import DESK, MANAGER, NINE, WU, ZHOU, Told
from yingbin.rules import matters
from yingbin.rules.decision import Refused
from yingbin.rules.matters import Around, Step

pytestmark = pytest.mark.usefixtures("residents")
Way = tuple[tuple[str, str, dict[str, object]], ...]
ANSWERED: Way = (("answer", DESK, {"note": "最多七成"}),)
ENDED: Way = (*ANSWERED, ("tell", DESK, {}))
OFFERED: Way = (("offer", DESK, {"to": ZHOU}),)


@pytest.mark.parametrize(
    ("before", "verb", "by", "more", "why"),
    [
        ((), "offer", DESK, {}, "请选一位具体的同事"),
        ((), "offer", DESK, {"to": DESK}, "已经是负责人，请另选一位"),
        (OFFERED, "offer", DESK, {"to": ZHOU}, "正在等对方接手"),
        (ANSWERED, "offer", DESK, {"to": ZHOU}, "请告诉客户，不用再转"),
        ((), "withdraw", DESK, {}, "不用收回"),
        (OFFERED, "decline", ZHOU, {"note": " "}, "请写一句原因"),
        (OFFERED, "accept", WU, {}, "请回到事项列表看最新情况"),
        (OFFERED, "accept", MANAGER, {}, "没有转给您"),
        ((), "answer", DESK, {"note": ""}, "请写下答复内容"),
        ((), "answer", WU, {"note": "七成"}, "请找负责人或主管"),
        ((), "tell", DESK, {}, "请先写下答复"),
        ((), "done", DESK, {}, "请先答复并告诉客户"),
        ((), "acknowledge", DESK, {}, "办好后再办结"),
        ((), "postpone", DESK, {"note": "等银行"}, "要比现在晚"),
        ((), "postpone", DESK, {"note": "x", "due_at": NINE - timedelta(hours=1)}, "要比现在晚"),
        ((), "postpone", DESK, {"due_at": NINE + timedelta(days=1)}, "改时限要写一句原因"),
        ((), "pause", DESK, {"reason": "parts"}, "这一类事项不能暂停"),
        ((), "resume", DESK, {}, "没有暂停，照常办就好"),
        ((), "change", DESK, {"note": "x"}, "都没有变，请重新选"),
        ((), "change", DESK, {"note": "x", "grade": "none"}, "没有这个级别"),
        ((), "change", DESK, {"note": "x", "kind": "none"}, "没有「none」这一类事项"),
        ((), "change", DESK, {"kind": "follow_up"}, "要写一句原因"),
        (ANSWERED, "change", DESK, {"note": "x", "kind": "follow_up"}, "答复已经有了"),
        ((), "reopen", DESK, {"note": "x"}, "还没有办结，直接处理就好"),
        (ENDED, "reopen", DESK, {"note": ""}, "为什么要重新打开"),
        (ENDED, "answer", DESK, {"note": "x"}, "请先重新打开"),
        (ENDED, "cancel", DESK, {"note": "x"}, "请先重新打开"),
        ((), "cancel", DESK, {"note": ""}, "取消要写一句原因"),
        ((), "cancel", WU, {"note": "x"}, "只有提出的人或主管可以取消，请找他们"),
        ((), "note", DESK, {"note": " "}, "请写一句备注，或者加一张照片"),
        ((), "note", WU, {"note": "x"}, "请找负责人或主管"),
        ((), "assign", MANAGER, {"note": "x"}, "请选一位具体的同事"),
        ((), "assign", MANAGER, {"note": "x", "to": "role:guard"}, "请选一位具体的同事"),
        ((), "assign", MANAGER, {"note": "x", "to": DESK}, "请另选一位"),
        ((), "assign", MANAGER, {"note": "", "to": WU}, "接手的人才知道为什么"),
        ((), "assign", DESK, {"note": "x", "to": WU}, "请找负责人或主管"),
        ((), "remind", DESK, {}, "没有「remind」这个动作"),
        ((), "fly", DESK, {}, "没有「fly」这个动作"),
    ],
)
def test_a_question_refuses_in_words_that_lead_on(
    before: Way, verb: str, by: str, more: dict[str, object], why: str
) -> None:
    question = Told()
    for done, who, told in before:
        question(done, who, **told)
    state = question.state
    with pytest.raises(Refused, match=why) as refused:
        question(verb, by, **more)
    assert question.state == state, "what is refused changes nothing"
    assert refused.value.message.endswith(("。", "！"))


@pytest.mark.parametrize(
    ("before", "verb", "by", "more", "why"),
    [
        ((), "pause", SU, {"reason": "parts"}, "还没有第一次响应，不能暂停。请先响应"),
        ((("respond", SU, {}),), "pause", SU, {"reason": "rain"}, "等配件、等住户"),
        ((("respond", SU, {}), ("pause", SU, {"reason": "parts"})), "pause", SU, {"reason": "parts"}, "已经暂停了"),
        ((("respond", SU, {}), ("offer", SU, {"to": WORKS})), "pause", SU, {"reason": "parts"}, "请先等对方接手或收回转交"),
        ((), "finish", LIN, {}, "请找负责人或主管"),
        ((), "take", QIAN, {}, "没有转给您"),
    ],
)  # fmt: skip
def test_a_residents_matter_refuses_in_words_that_lead_on(
    before: Way, verb: str, by: str, more: dict[str, str], why: str
) -> None:
    tap = Desk()
    for done, who, told in before:
        tap(done, who, **told)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=why):
        tap(verb, by, **more)


@pytest.mark.clause("SD-4.4")
def test_the_head_of_a_department_gives_its_matters_to_its_own_people_only() -> None:
    tap = Desk(owner=WORKS)
    with pytest.raises(Refused, match="只能交给本部门的同事；要交给别的部门，请转交或找主管"):
        tap("assign", ZHAO, to=SU, note="她在前台")
    tap("assign", ZHAO, to=QIAN, note="他在楼下")
    assert tap.state.holder == QIAN


@pytest.mark.parametrize(
    ("kind", "step", "why"),
    [
        ("none", Step("open", DESK, NINE, to=DESK), "没有「none」这一类事项"),
        ("question", Step("open", DESK, NINE), "每件事都要有一位负责人"),
        ("question", Step("open", DESK, NINE, to=DESK, grade="urgent"), "没有这个级别"),
    ],
)
def test_nothing_is_opened_without_a_kind_an_owner_and_a_grade_that_there_is(
    kind: str, step: Step, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        matters.opened(kind, step, Around())


@pytest.mark.clause("SD-4.4")
def test_where_nobody_supervises_the_third_hand_off_says_so() -> None:
    question = Told()
    for giver, taker in ((DESK, ZHOU), (ZHOU, WU)):
        question("offer", giver, to=taker)
        question("accept", taker)
    third = Step("offer", WU, question.now, to=DESK)
    with pytest.raises(Refused, match="本处还没有设主管"):
        matters.decide(question.state, third, Around())


@pytest.mark.parametrize(
    ("before", "who", "verb"),
    [
        ((), DESK, "answer"),
        ((), WU, ""),
        (OFFERED, ZHOU, "accept"),
        (OFFERED, DESK, "answer"),
        (ANSWERED, DESK, "tell"),
        (ANSWERED, WU, ""),
        (ENDED, DESK, ""),
    ],
)
def test_everybody_is_shown_the_one_thing_that_is_theirs_to_do(
    before: Way, who: str, verb: str
) -> None:
    question = Told()
    for done, by, told in before:
        question(done, by, **told)
    assert matters.next_verb(question.state, who) == verb
