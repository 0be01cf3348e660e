"""A line of a site's limits as a form: its numbers, from which day, why."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, date_box, text, whole

from ..policy_rows import Chosen, Number, Row


class AssumedForm(KeyedForm):
    """Back to what the program assumes."""

    prefix_of_ids = "assumed"

    reason = text("为什么改回", 200)


class LimitForm(KeyedForm):
    """The numbers of one line; their fields are named `n_…`, rung by rung where they are several."""

    day = forms.DateField(
        label="从哪天起",
        required=False,
        widget=date_box(),
        error_messages={"invalid": "日期请按 年-月-日 填写。"},
        help_text="不填就是现在起。已经在走的时限不变，之后开的按新的算。",
    )
    reason = text("为什么改", 200)

    def __init__(
        self,
        data: Typed | None = None,
        *,
        row: Row,
        chosen: Mapping[str, Chosen] | None,
        today: date,
    ) -> None:
        super().__init__(data)
        self.row = row
        self.fields["day"].widget.attrs["min"] = today.isoformat()
        for number in row.numbers:
            assumed = None if number.may_lack else row.assumed.get(number.name)
            told = assumed if chosen is None else chosen.get(number.name)
            many = told if isinstance(told, tuple) else (told,)
            for step in range(number.steps or 1):
                name = f"n_{number.name}_{step}" if number.steps else f"n_{number.name}"
                self.fields[name] = _field(number, step)
                self.initial[name] = many[step] if step < len(many) else None
        self.order_fields([name for name in self.fields if name.startswith("n_")])

    def clean(self) -> dict[str, object]:
        """Of several in order none is less than the one before it."""
        told = super().clean() or {}
        for number in self.row.numbers:
            names = [f"n_{number.name}_{step}" for step in range(number.steps)]
            for before, name in pairwise(names):
                first, then = told.get(before), told.get(name)
                if first is not None and then is not None and then < first:
                    self.add_error(name, f"要比上一次晚，不能小于 {first} {number.unit}。")
        return told

    def numbers(self) -> dict[str, Chosen]:
        """What was typed, by the name of the number."""
        found: dict[str, Chosen] = {}
        for number in self.row.numbers:
            if number.steps:
                names = [f"n_{number.name}_{step}" for step in range(number.steps)]
                found[number.name] = tuple(self.cleaned_data[name] for name in names)
            else:
                found[number.name] = self.cleaned_data[f"n_{number.name}"]
        return found


def _field(number: Number, step: int) -> forms.IntegerField:
    label = f"第 {step + 1} 次{number.label}" if number.steps > 1 else number.label
    span = f"请填 {number.low} 到 {number.high} 之间的整数。"
    return whole(
        f"{label}（{number.unit}）",
        required=not number.may_lack,
        low=number.low,
        high=number.high,
        help_text=number.help if not step else "",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), span),
    )
