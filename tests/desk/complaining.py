"""A complaint as tests tell it: who complains of whom, what is done about it, what is refused."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.counter import Counter
from yingbin.desk.actions import complaints as doing
from yingbin.desk.checking import Replayed
from yingbin.journal.check import check_site
from yingbin.rules.decision import Refused

OWN = "这件投诉涉及您本人，您要回避；主管会交给别的同事。"


def complaint(counter: Counter, by: str = "苏", about: str = "", **told: Any) -> UUID:
    """A resident complains; about: of whom, by their names."""
    who = tuple(counter.id(one) for one in about)
    said = {"title": "前台说话难听", "home": "5-1-101", "subject": "staff", **told}
    return counter.record(by, "complaint", about=who, **said)


def named(counter: Counter, by: str, one: UUID, about: str) -> None:
    """Somebody says whom it is about."""
    counter.do(
        doing.complained_of, by, matter_id=one, people=tuple(counter.id(who) for who in about)
    )


def refusal(counter: Counter, *what: Any, **told: Any) -> str:
    """The words with which it is refused."""
    with pytest.raises(Refused) as no:
        what[0](*what[1:], **told)
    return no.value.message


def stays_true(counter: Counter) -> None:
    """The rules and the journal still bear everything out."""
    assert list(Replayed(counter.site).faults()) == []
    found = [str(f) for line in check_site(counter.site) for f in line.found]
    assert [f for f in found if not f.startswith(("角色", "开门", "部门"))] == []


def reads(browser: Client, *names: str, **told: str) -> str:
    """All these pages, one after another."""
    return "".join(browser.get(reverse(one), told).content.decode() for one in names)


def correct(counter: Counter, one: UUID, who: str, by: str = "苏", **told: Any) -> UUID:
    """What is done about it, within two days unless said otherwise."""
    fields = {"what": "前台重新培训", "until": counter.now + timedelta(days=2), **told}
    made = counter.do(doing.correct, by, matter_id=one, who=counter.id(who), **fields)
    return UUID(str(made.matter))
