"""Why a day of the cash box didn't balance may name a resident: it goes when they ask, the figures stay (SD-4.2.3)."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from yingbin.customers.actions import erase_person, register_customer
from yingbin.customers.models import Customer
from yingbin.customers.queries import everything
from yingbin.desk.models import CashDay
from yingbin.journal.check import check_site
from yingbin.journal.write import Pen, write
from yingbin.rules.gone import ERASED

from .till import Till

pytestmark = pytest.mark.clause("SD-4.2.3")


@pytest.fixture
def till(db: None) -> Till:
    """An office whose box was two yuan short by a resident who is named."""
    till = Till()
    till.pay(till.finished(), 8000)
    till.close(8200, why="张三说不用找零，138 0000 1234 也打不通")
    return till


def zhang(till: Till) -> UUID:
    """张三's card, which no matter is linked with."""
    made: list[UUID] = []

    def work(pen: Pen) -> dict[str, object]:
        made.append(register_customer(pen=pen, name="张三", phone="13800001234").id)
        return {}

    write(site_id=till.site, key="zhang", verb="note", by=str(till.id("苏")), at=till.now, payload={}, work=work)  # fmt: skip
    return made[0]


def forget(till: Till, who: UUID) -> None:
    """They are erased by the manager."""
    sure = str(Customer.objects.get(id=who).number)
    till.do(erase_person, "顾", customer_id=who, reason="本人来信要求", sure=sure)


def found(till: Till) -> list[str]:
    """What the check says of the days of the cash box."""
    told = [str(f) for line in check_site(till.site) for f in line.found]
    return [one for one in told if one.startswith("收款日报")]


def test_a_difference_that_names_them_is_emptied_and_another_one_stays(till: Till) -> None:
    till.later(days=1)
    till.close(100, till.now.date(), why="数了三遍还是多一元")
    who = zhang(till)
    assert "不用找零" in str([s.rows for s in everything(till.site, who)])
    forget(till, who)
    days = CashDay.objects.order_by("day").values_list("why", "counted")
    assert list(days) == [(ERASED, 8200), ("数了三遍还是多一元", 100)]
    assert found(till) == []


@pytest.mark.parametrize("changed", ["counted = 1", "why = '别的'", "day = day + 1"])
def test_nothing_else_of_a_closed_day_is_changed(till: Till, changed: str) -> None:
    with (
        pytest.raises(DatabaseError, match="are final"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(f"update desk_cashday set {changed}")


def test_a_difference_that_was_emptied_without_being_asked_is_found(till: Till) -> None:
    CashDay.objects.update(why=ERASED, salt="")
    assert found(till)
