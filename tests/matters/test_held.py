"""Whatever somebody changes in the rows of matters behind our back, the check finds it and says where."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.matters.estate import Estate
from yingbin.matters import actions
from yingbin.matters.models import Matter, MatterLink, MatterStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(estate: Estate) -> Estate:
    """A question that was passed on, taken and answered, linked with another."""
    one = estate.ask(detail="早上七点到九点", offered_to=estate.id("钱"))
    estate.do(actions.accept, "钱", matter_id=one)
    estate.do(actions.answer, "钱", matter_id=one, note="水泵在修")
    other = estate.ask(title="水泵异响")
    estate.do(actions.link, "苏", matter_id=one, how="caused_by", other_id=other)
    assert estate.faults() == []
    return estate


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("title", "一切正常", "事项"),
        ("detail", "", "说明"),
        ("about", {"units": 9}, "附带的内容"),
        ("clause", "TQ-3", "条款"),
        ("number", 77, "编号"),
        ("kind", "follow_up", "类别"),
        ("grade", "urgent", "级别"),
        ("state", "closed", "状态"),
        ("stage", "solved", "进度"),
        ("owner_id", uuid4(), "负责人"),
        ("holder_id", uuid4(), "经办人"),
        ("offered_to", uuid4(), "转给谁"),
        ("hand_offs", 5, "转手次数"),
        ("level", 3, "催办次数"),
        ("due_at", timezone.now(), "时限"),
        ("paused", "parts", "暂停"),
        ("resumes_at", timezone.now(), "暂停到"),
        ("closed_at", timezone.now(), "办结时间"),
        ("opened_by", uuid4(), "谁开的"),
        ("opened_at", timezone.now(), "时间"),
        ("customer_id", uuid4(), "客户"),
        ("subject_id", uuid4(), "关于什么"),
    ],
)
def test_a_matter_that_was_changed_is_found_by_what_was_changed(
    busy: Estate, column: str, value: object, words: str
) -> None:
    Matter.objects.filter(number=1).update(**{column: value})
    found = [fault for fault in busy.faults() if words in fault]
    assert found, busy.faults()
    assert all("第 " in fault for fault in found), "it says which"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("note", "都好了", "备注"),
        ("verb", "tell", "做了什么"),
        ("by", uuid4(), "谁做的"),
        ("to", uuid4(), "对谁"),
        ("index", 9, "第几步"),
        ("at", timezone.now() - timedelta(days=3), "时间"),
        ("facts", {"photos": 4}, "判定的结果"),
    ],
)
def test_a_step_that_was_changed_is_found(
    busy: Estate, column: str, value: object, words: str
) -> None:
    MatterStep.objects.filter(matter__number=1, verb="answer").update(**{column: value})
    assert any(words in fault for fault in busy.faults()), busy.faults()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("how", "parent", "关系"), ("by", uuid4(), "谁做的"), ("at", timezone.now(), "时间")],
)
def test_a_link_that_was_changed_is_found(
    busy: Estate, column: str, value: object, words: str
) -> None:
    MatterLink.objects.update(**{column: value})
    assert any(words in fault for fault in busy.faults()), busy.faults()


@pytest.mark.parametrize("gone", ["step", "link"])
def test_what_was_taken_away_is_missed(busy: Estate, gone: str) -> None:
    if gone == "step":
        MatterStep.objects.filter(verb="answer").delete()
    else:
        MatterLink.objects.all().delete()
    assert busy.faults()
