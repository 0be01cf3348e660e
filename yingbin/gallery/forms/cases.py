"""A dispute, a statement, a ruling as they come from the page; nothing here saves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from yingbin.pages.asked import uids
from yingbin.pages.forms import KeyedForm, text, whole
from yingbin.sheets.forms import WhyForm

from ..actions.cases import Correction

_NO_WHOLE = "次数和轮次请填整数，例如 1 或 -1。"


def _long(label: str, rows: int, example: str = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows, "placeholder": example})
    return text(label, 1000, required=False, widget=box)


class DisputeForm(KeyedForm):
    """Who disputes a customer, and what happened."""

    words = _long(
        "经过", 4, "例如：三周前客户来电是我接的，约好周六来看房；今天由同事按轮次接待了。"
    )

    @property
    def parties(self) -> list[UUID]:
        """Those who were ticked."""
        return uids([str(v) for v in self.data.getlist("party")])  # type: ignore[attr-defined]


class StatementForm(KeyedForm):
    """What a party knows."""

    words = _long("补充说明", 3)


class CopyForm(WhyForm):
    """Why a case file leaves the house on paper."""

    example = "例如：公司复核这件争议"


@dataclass(frozen=True)
class Account:
    """The two boxes of one party's account."""

    name: str
    count: forms.BoundField
    turns: forms.BoundField


class RulingForm(KeyedForm):
    """For whom, why, and what changes on the parties' accounts."""

    for_whom = forms.CharField(required=False)
    reason = _long(
        "依据", 3, "例如：11 月 2 日来电由陈思远接听并约定到访，按 TQ-1.1 应由陈思远接待。"
    )

    def __init__(self, *args: Any, parties: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        for who, name in parties.items():
            self.fields[f"count-{who}"] = _whole(f"{name}的次数")
            self.fields[f"turns-{who}"] = _whole(f"{name}的轮次")

    @property
    def accounts(self) -> Iterable[Account]:
        """The rows of the table of accounts."""
        for who, name in self.parties.items():
            yield Account(name, self[f"count-{who}"], self[f"turns-{who}"])

    @property
    def whom(self) -> UUID | None:
        """For whom it was ruled; None: the customer stays where they are. Call after `is_valid`."""
        found = uids([self.cleaned_data["for_whom"]])
        return found[0] if found else None

    def corrections(self) -> list[Correction]:
        """What the ruling changes on the accounts; call after `is_valid`."""
        d = self.cleaned_data
        return [
            Correction(UUID(who), d[f"count-{who}"] or 0, d[f"turns-{who}"] or 0)
            for who in self.parties
        ]


def _whole(label: str) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"aria-label": label, "placeholder": "0"})
    limits = {"min_value": f"{label}最少 -20。", "max_value": f"{label}最多 20。"}
    return whole(
        label,
        low=-20,
        high=20,
        required=False,
        widget=box,
        error_messages={"invalid": _NO_WHOLE, **limits},
    )
