"""What the forms of the gate make of what is scanned and typed; no database."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from tests.customers.office import ZONE
from yingbin.tours.forms.breaches import BreachForm
from yingbin.tours.forms.gate import (
    AdmitForm,
    GateForm,
    MarkForm,
    ThroughForm,
    moment,
)

WORKS = str(UUID(int=7))


def said(form: Any) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("", None),
        ("2026-11-23T09:00:00.750+08:00", datetime(2026, 11, 23, 9, tzinfo=ZONE)),
        ("2026-11-23T01:00:00Z", datetime(2026, 11, 23, 1, tzinfo=UTC)),
    ],
)
def test_a_devices_clock_is_read_to_the_second(text: str, when: datetime | None) -> None:
    assert moment(text) == when


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nine", "设备的时间读不懂。"),
        ("2026-11-23T09:00", "设备的时间没有时区。"),
        ("2026-02-30T09:00Z", "设备的时间读不懂。"),
    ],
)
def test_a_devices_clock_that_says_nothing_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        moment(text)
    form = ThroughForm({"key": "k", "code": "12", "way": "in", "device_at": text})
    assert said(form) == {"device_at": why}


@pytest.mark.parametrize(
    ("told", "field", "why"),
    [
        ({"code": " "}, "code", "请扫参观证上的码，或输入证号。"),
        ({"way": "up"}, "way", "请从列表里选择方向。"),
        ({"count": "0"}, "count", "请填 1 到 1000 之间的整数。"),
        ({"count": "1001"}, "count", "请填 1 到 1000 之间的整数。"),
        ({"count": "两位"}, "count", "请填 1 到 1000 之间的整数。"),
    ],
)
def test_a_scan_that_cannot_be_says_why_in_a_guards_words(
    told: dict[str, str], field: str, why: str
) -> None:
    assert said(ThroughForm({"key": "k", "code": "12", "way": "in", **told})) == {field: why}


def test_whoever_lets_somebody_in_by_hand_says_why() -> None:
    told = {"key": "k", "code": "12", "way": "in"}
    assert said(AdmitForm(told)) == {"reason": "请填写为什么特准放行。"}
    assert AdmitForm({**told, "reason": "领导陪同"}).is_valid()


def test_who_led_visitors_is_a_colleague_or_somebody_in_words() -> None:
    people = [(WORKS, "韩")]
    colleague = BreachForm({"key": "k", "leader": WORKS}, people=people)
    stranger = BreachForm({"key": "k", "called": "送货的"}, people=people)
    assert colleague.is_valid(), said(colleague)
    assert stranger.is_valid(), said(stranger)
    assert (colleague.whom, stranger.whom) == (UUID(WORKS), None)
    assert "leader" in said(BreachForm({"key": "k", "leader": str(UUID(int=1))}, people=people))


def test_a_roll_call_counts_from_none_and_a_gate_guards_areas_of_the_nine() -> None:
    assert MarkForm({"key": "k", "safe": "0"}).is_valid()
    assert said(MarkForm({"key": "k", "safe": "几位"})) == {"safe": "请填 0 到 100000 之间的整数。"}
    assert GateForm({"key": "k", "name": "北门", "areas": ["plant"]}).is_valid()
    assert said(GateForm({"key": "k", "name": "门" * 21, "areas": ["cellar"]})) == {
        "name": "门岗名称最多 20 个字。",
        "areas": "请从列表里选择守着哪些区域。",
    }
