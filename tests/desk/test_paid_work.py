"""Paid work ends with the resident's signature; what it took leaves the stock, never more than is there unsaid."""

import pytest

from yingbin.desk.actions import work
from yingbin.desk.actions.work import Used
from yingbin.desk.models import Completion, StockItem, StockMove
from yingbin.rules.decision import Refused
from yingbin.sheets.ink import Signature

from .till import INK, Till

pytestmark = pytest.mark.clause("SD-4.2.3")
NO_INK = Signature("glass")


def begun(till: Till) -> object:
    """A paid repair at work."""
    one = till.job()
    till.agree(till.quote(one))
    till.act("钱", "start", one)
    return one


def test_work_ends_at_the_price_that_was_accepted_and_takes_its_material(till: Till) -> None:
    valve, one = till.item("角阀", 300), begun(till)
    used = (Used(valve.id, 200),)
    done = till.do(work.finish, "钱", matter_id=one, signature=INK, minutes=45, materials=used)
    assert done.number == "W2026-00001"
    valve.refresh_from_db()
    assert valve.left == 100
    row = Completion.objects.get()
    assert (row.amount, row.minutes, till.desk(row.matter.matter_id).amount) == (8000, 45, 8000)
    assert StockMove.objects.latest("seq").matter_id == row.matter_id
    assert till.faults() == []


def test_without_the_residents_signature_it_isnt_finished(till: Till) -> None:
    one = begun(till)
    with pytest.raises(Refused, match="请住户在签名框里签字"):
        till.do(work.finish, "钱", matter_id=one, signature=NO_INK)
    assert not Completion.objects.exists()


@pytest.mark.clause("SD-4.2.2")
def test_a_help_request_is_finished_without_one_and_costs_nothing(till: Till) -> None:
    one = till.record()
    till.offer("苏", one)
    till.act("钱", "accept", one)
    till.act("钱", "arrive", one)
    till.do(work.finish, "钱", matter_id=one, signature=NO_INK, minutes=10)
    assert (Completion.objects.get().amount, till.stands(one)[0]) == (0, "solved")
    assert till.faults() == []


def test_more_than_there_is_needs_a_word_and_the_whole_write_waits_for_it(till: Till) -> None:
    valve, one = till.item("角阀", 100), begun(till)
    with pytest.raises(Refused, match="账上只有 1 只，请写一句为什么多"):
        till.do(work.finish, "钱", matter_id=one, signature=INK, materials=(Used(valve.id, 200),))
    assert till.stands(one)[0] == "working"  # type: ignore[arg-type]
    used = (Used(valve.id, 200, "新买的还没入库"),)
    till.do(work.finish, "钱", matter_id=one, signature=INK, materials=used)
    assert StockItem.objects.get().left == -100
    assert till.faults() == []


@pytest.mark.parametrize(
    ("what", "many", "words", "left", "why"),
    [
        ("in", 250, "", 350, ""),
        ("in", 0, "", 0, "数量要大于 0"),
        ("out", 50, "大堂换灯", 50, ""),
        ("out", 50, "", 0, "写一句用在哪里"),
        ("count", 100, "", 100, ""),
        ("count", 80, "", 0, "差在哪里"),
        ("count", 80, "坏了两只", 80, ""),
        ("lost", 1, "", 0, "请选"),
    ],
)
def test_material_comes_goes_and_is_counted(
    till: Till, what: str, many: int, words: str, left: int, why: str
) -> None:
    lamp = till.item("灯泡", 100)
    if why:
        with pytest.raises(Refused, match=why):
            till.do(work.move, "钱", item_id=lamp.id, what=what, many=many, words=words)
        return
    moved = till.do(work.move, "钱", item_id=lamp.id, what=what, many=many, words=words)
    assert moved.left == left
    assert till.faults() == []


def test_a_material_is_kept_once(till: Till) -> None:
    till.item("灯泡", 0)
    with pytest.raises(Refused, match="已经有「灯泡」了"):
        till.item("灯泡", 0)
