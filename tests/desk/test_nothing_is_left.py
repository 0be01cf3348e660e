"""A resident who paid, signed, complained and was called back is erased: no word and no stroke of theirs is left in any table."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.desk.till import Till
from yingbin.customers.actions import erase_person, register_customer
from yingbin.customers.models import Customer
from yingbin.desk.actions import complaints, money, prices, work
from yingbin.desk.actions.callbacks import Answers, call_back
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.verbs import guide, record, remark
from yingbin.desk.checking import Replayed
from yingbin.desk.models import Completion, DeskMatter, Payment, Quote, QuoteAnswer
from yingbin.desk.places import of_words
from yingbin.desk.prices import Ask
from yingbin.journal.action import action
from yingbin.journal.check import check_site
from yingbin.journal.write import Pen
from yingbin.sheets.ink import Signature

NAME, PHONE = "欧阳文渊", "13812345678"
THEIR_INK = Signature("glass", ((717, 171, 373, 262, 545, 139, 611, 133, 707, 97, 811, 143),))
OURS = "水管不通"  # what somebody else's matter says


@action("test.known")
def known(pen: Pen) -> UUID:
    """Their card."""
    return register_customer(pen=pen, name=NAME, phone=PHONE).id


def told(till: Till, kind: str, who: UUID, title: str, **more: str) -> UUID:
    """They tell of something."""
    place = of_words(till.site, f"{NAME}家门口")
    said = {"subject": "drain", "source": "call", "caller": f"{NAME}本人", **more}
    done = till.do(record, "苏", told=Record(kind=kind, place=place, title=title, customer_id=who, **said))  # fmt: skip
    return UUID(str(done.matter))


def a_year_with(till: Till) -> UUID:
    """Everything in which their words or their hand come in; their card."""
    who = till.do(known, "苏")
    one = told(till, "paid", who, f"{NAME}家疏通", detail=f"{NAME}说下水慢")
    till.offer("苏", one)
    for event in ("accept", "arrive"):
        till.act("钱", event, one)
    first = till.quote(one, Ask("", 100, f"拆{NAME}家柜子", 3000, f"{NAME}要求"))
    till.do(prices.disagree, "钱", quote_id=first.id)
    quote = till.quote(one)
    till.do(prices.agree, "钱", quote_id=quote.id, signature=THEIR_INK)
    till.act("钱", "start", one)
    pipe = till.item("软管", 50, "米")
    used = (work.Used(pipe.id, 80, f"{NAME}家多用了"),)
    till.do(work.finish, "钱", matter_id=one, signature=THEIR_INK, minutes=45, materials=used)
    wrong = till.pay(one, 8000)
    till.do(money.void, "苏", payment_id=wrong.payment, why=f"{NAME}改用微信")
    till.pay(one, 8000, "wechat")
    asked = till.do(
        money.ask_reduction,
        "苏",
        matter_id=one,
        what="refund",
        amount=1000,
        why=f"{NAME}说没通干净",
    )
    till.granted(UUID(str(asked.approval)))
    till.do(money.reduce, "苏", approval_id=asked.approval, way="cash")
    till.do(remark, "苏", matter_id=one, words=f"{NAME}晚上在家")
    till.do(guide, "林", matter_id=one, words=f"给{NAME}道歉")
    complained(till, who)
    return UUID(str(who))


def complained(till: Till, who: UUID) -> None:
    """A complaint to its end and the call back."""
    one = told(till, "complaint", who, f"{NAME}投诉", subject="staff")
    till.act("苏", "respond", one)
    till.act("苏", "assess", one, severity="major")
    till.act("苏", "investigate", one, note=f"{NAME}说的属实")
    till.do(complaints.cause, "苏", matter_id=one, cause="manner", words=f"对{NAME}急了")
    until = till.now + timedelta(days=1)
    till.do(
        complaints.correct,
        "苏",
        matter_id=one,
        what=f"上门给{NAME}道歉",
        who=till.id("赵"),
        until=until,
    )
    till.act("苏", "answer", one, text=f"{NAME}您好，对不起")
    till.act("苏", "tell", one)
    till.act("苏", "agree", one, agreed=True)
    said = Answers(2, asked=True, wanted=f"向{NAME}要烟", remark=f"{NAME}不满意")
    till.do(call_back, "叶", matter_id=one, answers=said)


def left(*words: str) -> dict[str, set[str]]:
    """The tables of the whole database in which each word stands; one question."""
    found: dict[str, set[str]] = {word: set() for word in words}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        each = " union all ".join(
            f"select distinct '{t}', w from {t} t, unnest(%(words)s::text[]) w where strpos(t::text, w) > 0"
            for t in tables
        )
        cursor.execute(each, {"words": list(words)})
        for table, word in cursor.fetchall():
            found[word].add(table)
    return found


STROKE = "717, 171, 373"


@pytest.mark.clause("SD-4.2.3", "SD-4.2.5", "SD-4.3")
def test_no_word_and_no_stroke_of_them_is_left_and_all_still_verifies(till: Till) -> None:
    who = a_year_with(till)
    ours = till.record(title=OURS)
    before = left(NAME, STROKE)
    assert {
        "desk_deskmatter", "desk_deskevent", "desk_desknote", "desk_quote", "desk_payment", "desk_stockmove",
        "desk_callanswer", "desk_complaintcause", "matters_matter", "approvals_approval", "notices_notice",
    } <= before[NAME]  # fmt: skip
    assert before[STROKE] == {"desk_quoteanswer", "desk_completion"}
    number = str(Customer.objects.get(id=who).number)
    till.do(erase_person, "顾", customer_id=who, reason="本人来信要求", sure=number)
    after = left(NAME, PHONE, STROKE, OURS)
    assert [after[word] for word in (NAME, PHONE, STROKE)] == [set(), set(), set()]
    assert "matters_matter" in after[OURS], "words about nobody of them stay"
    assert till.desk(ours).place == "3-2-1801"
    assert DeskMatter.objects.filter(place="（已按本人要求删除）").count() == 2
    figures = (Quote.objects.count(), QuoteAnswer.objects.count(), Completion.objects.count())
    assert figures == (2, 2, 1), "figures, numbers and receipts stay"
    assert sum(Payment.objects.values_list("amount", flat=True)) == 7000
    assert list(Replayed(till.site).faults()) == []
    found = [str(f) for line in check_site(till.site) for f in line.found]
    assert [f for f in found if not f.startswith(("角色", "开门", "部门"))] == []
