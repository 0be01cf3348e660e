"""The day's meals: what is to be proposed, and what is planned; nothing here saves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django import forms

from yingbin.pages import asked
from yingbin.pages.forms import KeyedForm, whole

from ..hours import clock_today
from ..meals import MealPlan
from ..queries.rota import Asked, RotaRow
from .fields import hour

_ANY = {"low": 0, "high": 999, "otherwise": 999}


class ProposalForm(forms.Form):
    """算一份: how long everybody eats, and between when."""

    minutes = whole(
        "每人多少分钟", low=5, high=120, initial=30,
        called="分钟数",
    )  # fmt: skip
    first = hour("最早几点去")
    last = hour("最晚几点回")

    def asked(self, now: datetime) -> Asked | None:
        """What was asked for; None where it makes no sense."""
        if not self.is_valid():
            return None
        told = self.cleaned_data
        first, last = (clock_today(now, told[name]) for name in ("first", "last"))
        if last <= first:
            self.add_error("last", "要晚于最早去的时间。")
            return None
        return Asked(told["minutes"], first, last)


class RotaForm(KeyedForm):
    """就这样定: a time a person; what is left empty is planned for nobody."""

    prefix_of_ids = "plan"
    minutes = whole(
        "每人多少分钟", low=1, high=180, initial=30, called="分钟数", widget=forms.HiddenInput()
    )

    def typed(self, rows: Iterable[RotaRow]) -> tuple[RotaRow, ...]:
        """The rows with what was typed."""
        told: Mapping[str, str] = self.data
        return tuple(
            replace(r, begins=told.get(f"t.{r.who}", ""), cover=told.get(f"v.{r.who}", ""))
            for r in rows
        )

    def meals(self, rows: Iterable[RotaRow], now: datetime) -> tuple[MealPlan, ...]:
        """The meals that were filled in or moved, in the order of the page; a time that can't be read is told."""
        told: Mapping[str, str] = self.data
        found = []
        for row in rows:
            text = told.get(f"t.{row.who}", "").strip()
            # A page left open undoes nothing: a planned meal moves where its time was changed in this page.
            if not text or (row.planned and text == told.get(f"s.{row.who}", row.stands)):
                continue
            if row.planned and not row.rest:
                self.refuse(f"{row.name}已经去用餐了，不能再改时间。")
                return ()
            try:
                clock = forms.TimeField().clean(text)
            except forms.ValidationError:
                self.refuse(f"{row.name}的时间写成 12:30 这样。")
                return ()
            cover = asked.uid(told.get(f"v.{row.who}", ""))
            begins = clock_today(now, clock)
            minutes = row.minutes or self.cleaned_data["minutes"]
            found.append(MealPlan(UUID(row.who), begins, minutes, cover, asked.uid(row.rest)))
        # Whoever stands in for somebody does so before their own meal is looked at.
        return tuple(sorted(found, key=lambda m: asked.number(told.get(f"o.{m.who}"), **_ANY)))
