"""What stands before a step: each refusal of the rules through the one door, in its words, with every row left as it was."""

from typing import Any
from uuid import uuid4

import pytest

from tests.desk.house import House
from yingbin.desk.models import DeskOffice
from yingbin.rules.decision import Refused

WHY = {"reason": "住户要求"}
EIGHTY = {"amount": 8000}
ENDED = "这件事已经有答复或者已经办结"
NOT_YET = "还不到答复这一步，请先办前面的（建议先分析，投诉先调查）。"
# By whom, what, at which scene, with what: the sentence, and the clause it stands under.
REFUSED: list[tuple[str, str, str, dict[str, Any], str, str]] = [
    ("苏", "respond", "响应了的求助", {}, "已经响应过了，请接着办下一步。", "SD-4.2.2"),
    ("钱", "respond", "到场的求助", {}, "已经响应过了，请接着办下一步。", "SD-4.2.2"),
    ("苏", "respond", "办好的求助", {}, f"{ENDED}，不用再响应。", "SD-4.2.2"),
    ("苏", "respond", "办结的求助", {}, f"{ENDED}，不用再响应。", "SD-4.2.2"),
    ("苏", "respond", "取消的求助", {}, f"{ENDED}，不用再响应。", "SD-4.2.2"),
    ("苏", "respond", "有方案的投诉", {}, f"{ENDED}，不用再响应。", "SD-4.2.5"),
    ("苏", "respond", "受理的投诉", {}, "已经响应过了，请接着办下一步。", "SD-4.2.5"),
    ("苏", "offer", "转着的求助", {"to": "绿化部"}, "已经转给工程部，请等对方接手，或者先收回。", "SD-4.4"),
    ("苏", "offer", "到主管的求助", {"to": "绿化部"}, "已经转给林，请等对方接手，或者先收回。", "SD-4.4"),
    ("苏", "offer", "办好的求助", {"to": "绿化部"}, f"{ENDED}，不用再转。", "SD-4.4"),
    ("苏", "offer", "告知的投诉", {"to": "绿化部"}, f"{ENDED}，不用再转。", "SD-4.4"),
    ("苏", "offer", "接了的求助", {"to": "工程部"}, "钱就是工程部的人，请工程部的负责人在部门内改派。", "SD-4.4"),
    ("苏", "offer", "求助", {"to": "保洁部"}, "没有保洁部这个部门，请从部门名单里选。", "SD-4.4"),
    ("苏", "offer", "求助", {"to": "叶"}, "没有叶这个部门，请从部门名单里选。", "SD-4.4"),
    ("钱", "accept", "求助", {}, "现在没有等人接手的转交，请刷新看最新情况。", "SD-4.4"),
    ("孙", "accept", "接了的求助", {}, "现在没有等人接手的转交，请刷新看最新情况。", "SD-4.4"),
    ("钱", "decline", "接了的求助", WHY, "现在没有等人接手的转交，请刷新看最新情况。", "SD-4.4"),
    ("苏", "withdraw", "求助", {}, "现在没有等人接手的转交，请刷新看最新情况。", "SD-4.4"),
    ("林", "assign", "办结的求助", {"to": "孙", **WHY}, "这件事已经办结。还要处理的话，请先重新打开。", "SD-4.4"),
    ("林", "assign", "取消的求助", {"to": "孙", **WHY}, "这件事已经办结。还要处理的话，请先重新打开。", "SD-4.4"),
    ("林", "assign", "求助", {"to": "王五", **WHY}, "人员名单里没有王五，请选一位同事。", "SD-4.4"),
    ("林", "assign", "接了的求助", {"to": "钱", **WHY}, "钱已经是经办人，请另选一位。", "SD-4.4"),
    ("林", "assign", "接了的求助", {"to": "苏", "as": "owner", **WHY}, "苏已经是负责人，请另选一位。", "SD-4.4"),
    ("林", "assign", "接了的求助", {"to": "钱", "as": "owner", **WHY}, "钱不是前台的人，不能负责答复住户，请选前台同事。", "SD-4.4"),
    ("赵", "assign", "接了的求助", {"to": "周", **WHY}, "只能派给工程部的人；要交给别的部门，请转交或找主管。", "SD-4.4"),
    ("赵", "assign", "接了的求助", {"to": "钱", **WHY}, "钱已经是经办人，请另选一位。", "SD-4.4"),
    ("周", "assign", "接了的求助", {"to": "孙", **WHY}, "只有主管或经办部门的负责人能改派，请找赵。", "SD-4.4"),
    ("叶", "take", "求助", {}, "这件事已经由苏负责，不用再接；要换人，请找苏或主管。", "SD-4.4"),
    ("叶", "take", "办结的求助", {}, "这件事已经办结，不用再接。", "SD-4.4"),
    ("钱", "arrive", "到场的求助", {}, "只有还没到场的求助和有偿服务要记到场，请接着办下一步。", "SD-4.2.2"),
    ("钱", "arrive", "开工的有偿", {}, "只有还没到场的求助和有偿服务要记到场，请接着办下一步。", "SD-4.2.3"),
    ("苏", "arrive", "建议", {}, "只有还没到场的求助和有偿服务要记到场，请接着办下一步。", "SD-4.2.4"),
    ("苏", "quote", "求助", EIGHTY, "只有还没完工的有偿服务可以报价，请看这件事的类别和进度。", "SD-4.2.2"),
    ("苏", "quote", "完工的有偿", EIGHTY, "只有还没完工的有偿服务可以报价，请看这件事的类别和进度。", "SD-4.2.3"),
    ("苏", "quote", "办结的有偿", EIGHTY, "只有还没完工的有偿服务可以报价，请看这件事的类别和进度。", "SD-4.2.3"),
    ("苏", "agree", "求助", {"agreed": True}, "只有有偿服务的报价和投诉的处理方案要住户表态，这一步不用办。", "SD-4.2.2"),
    ("苏", "agree", "有偿", {"agreed": True}, "现在没有等住户同意的报价，请先报价。", "SD-4.2.3"),
    ("苏", "agree", "同意的有偿", {"agreed": True, **EIGHTY}, "现在没有等住户同意的报价，请先报价。", "SD-4.2.3"),
    ("苏", "agree", "报价的有偿", {"agreed": True}, "报价是80元，请按这个数请住户确认；变了要重新报价。", "SD-4.2.3"),
    ("苏", "agree", "报价的有偿", {"agreed": False, "amount": 7999}, "报价是80元，请按这个数请住户确认；变了要重新报价。", "SD-4.2.3"),
    ("苏", "agree", "有方案的投诉", {"agreed": True}, "还没有把处理方案告诉住户，请先告知，再记住户的意见。", "SD-4.2.5"),
    ("苏", "agree", "办结的投诉", {"agreed": True}, "还没有把处理方案告诉住户，请先告知，再记住户的意见。", "SD-4.2.5"),
    ("苏", "start", "有偿", {}, "到场以后、开工以前的有偿服务才能开工，请先记到场。", "SD-4.2.3"),
    ("钱", "start", "开工的有偿", {}, "到场以后、开工以前的有偿服务才能开工，请先记到场。", "SD-4.2.3"),
    ("钱", "start", "到场的有偿", {}, "住户还没有同意报价，请先报价并请住户确认，再开工。", "SD-4.2.3"),
    ("钱", "start", "报价的有偿", {}, "住户还没有同意报价，请先报价并请住户确认，再开工。", "SD-4.2.3"),
    ("钱", "done", "接了的求助", {}, "还没有到场或开工，请先记到场（有偿服务还要住户同意报价并开工）。", "SD-4.2.2"),
    ("钱", "done", "同意的有偿", {"signed": True, **EIGHTY}, "还没有到场或开工，请先记到场（有偿服务还要住户同意报价并开工）。", "SD-4.2.3"),
    ("钱", "done", "开工的有偿", EIGHTY, "请先请住户签字确认完工，再记完工。", "SD-4.2.3"),
    ("钱", "done", "开工的有偿", {"signed": False, **EIGHTY}, "请先请住户签字确认完工，再记完工。", "SD-4.2.3"),
    ("钱", "done", "开工的有偿", {"signed": True}, "住户同意的是80元，金额不同请先重新报价。", "SD-4.2.3"),
    ("钱", "done", "开工的有偿", {"signed": True, "amount": 9000}, "住户同意的是80元，金额不同请先重新报价。", "SD-4.2.3"),
    ("苏", "analyse", "分析了的建议", {"note": "再"}, "只有新的建议要分析，这一步不用再办。", "SD-4.2.4"),
    ("苏", "analyse", "投诉", {"note": "再"}, "只有新的建议要分析，这一步不用再办。", "SD-4.2.5"),
    ("苏", "report", "建议", {}, "建议要先分析再上报，别的事项不用上报。", "SD-4.2.4"),
    ("苏", "report", "求助", {}, "建议要先分析再上报，别的事项不用上报。", "SD-4.2.2"),
    ("林", "report", "再上报的建议", {}, "已经在经理顾手上，不能再往上报，请等答复。", "SD-4.2.4"),
    ("苏", "assess", "投诉", {"severity": "major"}, "投诉先受理再定级，有了处理方案就不再改级别。", "SD-4.2.5"),
    ("林", "assess", "有方案的投诉", {"severity": "grave"}, "投诉先受理再定级，有了处理方案就不再改级别。", "SD-4.2.5"),
    ("苏", "assess", "求助", {"severity": "major"}, "投诉先受理再定级，有了处理方案就不再改级别。", "SD-4.2.2"),
    ("苏", "investigate", "受理的投诉", {"note": "看"}, "投诉定级之后才记调查结果，请先定级。", "SD-4.2.5"),
    ("苏", "investigate", "查过的投诉", {"note": "看"}, "投诉定级之后才记调查结果，请先定级。", "SD-4.2.5"),
    ("苏", "answer", "求助", {"text": "好"}, "这项求助在服务范围内，请派人上门，办好后记完工。", "SD-4.2.2"),
    ("苏", "answer", "有偿", {"text": "好"}, "有偿服务要到场、报价、完工，不能只答复；住户不要了就取消。", "SD-4.2.3"),
    ("苏", "answer", "答了的咨询", {"text": "好"}, f"这件咨询{NOT_YET}", "SD-4.2.1"),
    ("苏", "answer", "建议", {"text": "好"}, f"这件建议{NOT_YET}", "SD-4.2.4"),
    ("苏", "answer", "定级的投诉", {"text": "好"}, f"这件投诉{NOT_YET}", "SD-4.2.5"),
    ("苏", "tell", "咨询", {}, "还没有可以告诉住户的答复，请先办好或写下答复。", "SD-4.4"),
    ("苏", "tell", "到场的求助", {}, "还没有可以告诉住户的答复，请先办好或写下答复。", "SD-4.4"),
    ("苏", "tell", "告知的投诉", {}, "还没有可以告诉住户的答复，请先办好或写下答复。", "SD-4.4"),
    ("苏", "tell", "当场答的咨询", {}, "还没有可以告诉住户的答复，请先办好或写下答复。", "SD-4.4"),
    ("顾", "conclude", "有方案的投诉", WHY, "处理方案告诉住户以后，住户仍不认可的，才由经理办结。", "SD-4.2.5"),
    ("顾", "conclude", "求助", WHY, "处理方案告诉住户以后，住户仍不认可的，才由经理办结。", "SD-4.2.2"),
    ("苏", "pause", "求助", {"reason": "parts"}, "还没有第一次响应住户，请先响应，再暂停。", "SD-4.3"),
    ("苏", "pause", "停着的求助", {"reason": "parts"}, "这件事已经暂停，要接着办就恢复。", "SD-4.3"),
    ("苏", "pause", "转着的求助", {"reason": "parts"}, "正等工程部接手，请等对方接手或先收回转交，再暂停。", "SD-4.3"),
    ("苏", "pause", "办结的求助", {"reason": "parts"}, "这件事已经办结，不用暂停。", "SD-4.3"),
    ("苏", "resume", "求助", {}, "这件事没有暂停，照常办就好。", "SD-4.3"),
    ("苏", "change", "求助", {"kind": "help", **WHY}, "类别和急缓都没有变，请重新选；投诉的级别请用“定级”来改。", "SD-4.2.2"),
    ("苏", "change", "求助", {"urgent": False, **WHY}, "类别和急缓都没有变，请重新选；投诉的级别请用“定级”来改。", "SD-4.2.2"),
    ("苏", "change", "投诉", {"urgent": True, **WHY}, "类别和急缓都没有变，请重新选；投诉的级别请用“定级”来改。", "SD-4.2.5"),
    ("林", "change", "办好的求助", {"kind": "paid", **WHY}, "答复已经有了或者已经办结，不能再改类别；要改就先重新打开。", "SD-4.2.2"),
    ("苏", "cancel", "取消的求助", {"reason": "withdrawn"}, "这件事已经办结，不用取消。", "SD-4.3"),
    ("苏", "cancel", "求助", {"reason": "duplicate", "of": "求助"}, "没有找到重复的那一件，请填另一件已经登记的事。", "SD-4.3"),
    ("苏", "cancel", "求助", {"reason": "duplicate", "of": "二十号"}, "没有找到重复的那一件，请填另一件已经登记的事。", "SD-4.3"),
    ("苏", "reopen", "求助", WHY, "只有办结的事能重新打开；没有办结的，直接接着办。", "SD-4.3"),
    ("苏", "reopen", "取消的求助", WHY, "只有办结的事能重新打开；没有办结的，直接接着办。", "SD-4.3"),
    ("苏", "reduce", "办结的有偿", {"amount": 8001, "approved_by": "顾"}, "这件事只收了80元，减免不能更多，请核对金额。", "SD-4.2.3"),
    ("苏", "reduce", "有偿", {"amount": 1, "approved_by": "顾"}, "这件事只收了0元，减免不能更多，请核对金额。", "SD-4.2.3"),
    ("叶", "call", "求助", {"reached": False}, "这件事现在没有要做的回访，请看回访清单。", "SD-4.3"),
    ("叶", "call", "办结的投诉", {"reached": True, "score": "dissatisfied", "asked": False}, "住户不满意，请写下为什么不满意，再提交。", "SD-4.3"),
]  # fmt: skip


@pytest.mark.clause("SD-4.2.1", "SD-4.2.2", "SD-4.2.3", "SD-4.2.4", "SD-4.2.5", "SD-4.3", "SD-4.4")
@pytest.mark.parametrize(
    ("by", "event", "scene", "fields", "sentence", "clause"),
    REFUSED,
    ids=[f"{event}-{scene}-{n}" for n, (_, event, scene, *_) in enumerate(REFUSED)],
)
def test_what_does_not_fit_is_refused_in_words_and_leaves_everything_as_it_was(
    house: House, by: str, event: str, scene: str, fields: dict[str, Any], sentence: str, clause: str
) -> None:  # fmt: skip
    before = house.whole()
    with pytest.raises(Refused) as no:
        house.says(by, event, scene, **fields)
    assert (no.value.message, no.value.clause) == (sentence, clause)
    assert house.whole() == before


@pytest.mark.clause("SD-4.3")
def test_a_duplicate_is_of_the_same_home_and_of_one_that_stands(house: House) -> None:
    twin = house.record(home="8-1-101", title="又漏")
    house.at["同一户的"] = twin
    other = house.desk(house.at["求助"]).said
    with pytest.raises(Refused, match=rf"^{other} 号不是同一户的事，不能当作重复，请核对编号。$"):
        house.says("苏", "cancel", "同一户的", reason="duplicate", of="求助")
    house.record(home="8-1-101", title="还漏")
    gone = house.record(home="8-1-101", title="再漏")
    house.act("苏", "cancel", gone, reason="withdrawn")
    house.at["作废的"] = gone
    with pytest.raises(Refused, match=r"号已经取消，请留下这一件接着办。$"):
        house.says("苏", "cancel", "同一户的", reason="duplicate", of="作废的")


@pytest.mark.parametrize(
    ("event", "fields", "fault"),
    [
        ("offer", {}, "to"),
        ("offer", {"to": ""}, "to"),
        ("decline", {}, "reason"),
        ("assign", {"to": "孙"}, "reason"),
        ("assign", {"to": "孙", "as": "boss", **WHY}, "as"),
        ("quote", {"amount": -1}, "amount"),
        ("quote", {"amount": True}, "amount"),
        ("agree", {"amount": 1}, "agreed"),
        ("agree", {"agreed": "yes"}, "agreed"),
        ("assess", {"severity": "light"}, "severity"),
        ("pause", {"reason": "lunch"}, "reason"),
        ("cancel", {"reason": "duplicate"}, "of"),
        ("reduce", {"amount": 0, "approved_by": "顾"}, "amount"),
        ("reduce", {"amount": 1}, "approved_by"),
        ("call", {}, "reached"),
        ("call", {"reached": True, "asked": False}, "score"),
        ("call", {"reached": True, "score": "fairly"}, "asked"),
        ("call", {"reached": True, "score": "great", "asked": False}, "score"),
        ("answer", {}, "text"),
        ("investigate", {"note": ""}, "note"),
        ("change", {"kind": "wish", **WHY}, "kind"),
        ("dance", {}, "dance"),
    ],
)  # fmt: skip
def test_what_is_incomplete_is_said_to_be_and_nothing_is_stored(
    house: House, event: str, fields: dict[str, Any], fault: str
) -> None:
    before = house.whole()
    with pytest.raises(Refused, match=r"^[^a-z]+。$") as no:
        house.says("林", event, "求助", **fields)
    assert (no.value.about or "dance") == fault, "the field at which it is said"
    assert house.whole() == before


@pytest.mark.clause("SD-4.1")
@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": "  "}, "请写一句是什么事。"),
        ({"kind": "help", "answer": "好的"}, "只有咨询能当场答复办结，请先登记，再按步骤办。"),
        ({"kind": "complaint", "answer": "好的"}, "只有咨询能当场答复办结，请先登记，再按步骤办。"),
        ({"home": " "}, "请写是哪一户，或者在哪里。"),
        ({"subject": ""}, "还没有填事项，请填好再提交。"),
        ({"source": "fax"}, "来源填得不对，请从给出的里面选。"),
        ({"kind": "wish"}, "类别填得不对，请从给出的里面选。"),
    ],
)
def test_what_cannot_be_recorded_is_not(house: House, told: dict[str, str], sentence: str) -> None:
    before = house.whole()
    with pytest.raises(Refused) as no:
        house.record("苏", **told)
    assert sentence in no.value.message
    assert house.whole() == before


def test_a_matter_that_nobody_recorded_is_not_acted_on(house: House) -> None:
    before = house.whole()
    with pytest.raises(Refused, match=r"^没有找到这件事，请回到登记表。$"):
        house.act("苏", "tell", uuid4())
    assert house.whole() == before


def test_a_refusal_does_not_take_what_the_clock_owes_and_the_next_step_does(house: House) -> None:
    """A refused step is as if it never was; what fell due meanwhile is taken by whatever comes next, once."""
    one, version = house.at["求助"], DeskOffice.objects.count()
    house.later(hours=1)
    with pytest.raises(Refused):
        house.act("苏", "tell", one)
    assert house.row(one).level == 0
    house.act("苏", "respond", one)
    assert house.row(one).level == 1
    assert house.heard("林").count("level") == 1
    assert DeskOffice.objects.count() == version


SCENES_PLAYED = tuple(dict.fromkeys(scene for _, _, scene, *_ in REFUSED))
