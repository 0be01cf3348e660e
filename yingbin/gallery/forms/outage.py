"""The lines of a paper sheet as they are typed in after an outage; nothing here saves."""

from datetime import date, datetime, time
from uuid import UUID

from django import forms
from django.http import QueryDict

from yingbin.pages.forms import KeyedForm, first_error, whole
from yingbin.pages.phones import normalised
from yingbin.people.calendar import ZONE

from ..actions.outage import Late
from . import PHONE_HELP, split


class LateForm(forms.Form):
    """One line; a line without a time and a receiver is an empty one."""

    began = forms.TimeField(required=False, error_messages={"invalid": "开始时间写成 14:05 这样。"})
    ended = forms.TimeField(required=False, error_messages={"invalid": "结束时间写成 14:40 这样。"})
    receiver = forms.UUIDField(required=False)
    q = forms.CharField(max_length=80, required=False)
    group_size = whole(low=1, high=99, required=False, called="人数")
    counts = forms.ChoiceField(choices=[("yes", "计次"), ("no", "不计次")], required=False)
    note = forms.CharField(max_length=200, required=False)

    @property
    def empty(self) -> bool:
        """Whether nothing was written on this line."""
        names = ("began", "receiver", "q", "ended", "note")
        return not any(str(self.data.get(self.add_prefix(n), "")).strip() for n in names)

    def clean(self) -> dict[str, object]:
        """A line needs its time and its receiver; a number must be whole."""
        data = super().clean() or {}
        if self.empty:
            return data
        if not self.errors and (not data.get("began") or not data.get("receiver")):
            raise forms.ValidationError("开始时间和接待人都要填。")
        _, phone = split(data.get("q") or "")
        if phone and normalised(phone) is None:
            raise forms.ValidationError(PHONE_HELP)
        return data

    def late(self, day: date) -> Late:
        """The line for the action; call after `is_valid`."""
        d = self.cleaned_data
        name, phone = split(d["q"])
        receiver: UUID = d["receiver"]
        return Late(
            began_at=_at(day, d["began"]),
            ended_at=_at(day, d["ended"]) if d["ended"] else None,
            receiver=receiver,
            counts=d["counts"] != "no",
            name=name,
            phone=phone,
            group_size=d["group_size"] or 1,
            note=d["note"],
        )


class LateSheetForm(KeyedForm):
    """A paper sheet: on which day, and its lines; what is wrong is said with its line."""

    day = forms.DateField(
        error_messages=dict.fromkeys(("required", "invalid"), "请选这些接待发生在哪一天。")
    )

    def __init__(self, data: QueryDict | None = None, *, lines: int) -> None:
        super().__init__(data)
        self.lines = [
            LateForm(data, prefix=f"l{n}", use_required_attribute=False) for n in range(lines)
        ]

    @property
    def written(self) -> list[LateForm]:
        """The lines on which something was written."""
        return [line for line in self.lines if not line.empty]

    def clean(self) -> dict[str, object]:
        """Every line that was written on is whole."""
        for n, line in enumerate(self.lines, 1):
            if not line.empty and not line.is_valid():
                raise forms.ValidationError(f"第 {n} 行：{first_error(line)}")
        return super().clean() or {}

    def late(self) -> list[Late]:
        """The sheet for the action; call after `is_valid`."""
        return [line.late(self.cleaned_data["day"]) for line in self.written]


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZONE)
