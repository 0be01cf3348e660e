"""The register's row and the reception's steps as they come from the page; nothing here saves."""

from typing import Any

from django import forms

from yingbin.pages.forms import KeyedForm, text, whole
from yingbin.pages.phones import normalised
from yingbin.sheets.forms import SigningForm

from ..actions.register import Words
from ..actions.steps import NeedsTold
from ..models.register import FloorWish, Purpose, RegisterEntry, Rooms, Source
from . import PHONE_HELP

CONSENT = [("agreed", "同意"), ("refused", "不同意")]
ASK = "请客户看告知内容，选「同意」或「不同意」。客户表示以前，姓名和电话不会留下。"
NO_CONSENT = "客户不同意保存姓名和电话"
NOT_SAID = [("", "没说")]


def _number(label: str, most: int) -> forms.IntegerField:
    return whole(
        label,
        low=1,
        high=most,
        required=False,
        error_messages={
            "invalid": f"{label}请填整数。",
            "min_value": f"{label}至少是 1。",
            "max_value": f"{label}最多 {most}，请核对。",
        },
    )


def _line(label: str, most: int, example: str = "") -> forms.CharField:
    box = forms.TextInput(attrs={"placeholder": example, "autocomplete": "off"})
    return text(label, most, required=False, widget=box)


class NeedsForm(KeyedForm):
    """What the customer looks for (TQ-2.1)."""

    area_min = _number("面积从", 2000)
    area_max = _number("面积到", 2000)
    rooms = forms.ChoiceField(label="户型", choices=NOT_SAID + Rooms.choices, required=False)
    floor_wish = forms.ChoiceField(
        label="楼层", choices=NOT_SAID + FloorWish.choices, required=False
    )
    budget_min = _number("预算从", 100000)
    budget_max = _number("预算到", 100000)
    purpose = forms.ChoiceField(label="用途", choices=NOT_SAID + Purpose.choices, required=False)
    source = forms.ChoiceField(label="获知途径", choices=NOT_SAID + Source.choices, required=False)
    said = _line("谈话要点", 500)

    asked = tuple(NeedsTold.__dataclass_fields__)

    @property
    def chips(self) -> list[forms.BoundField]:
        """The questions answered by a tap."""
        return [self[n] for n in ("rooms", "floor_wish", "purpose", "source")]

    def needs(self) -> NeedsTold:
        """The needs for the action; call after `is_valid`."""
        return NeedsTold(**{n: self.cleaned_data[n] for n in self.asked})


class EntryForm(SigningForm, NeedsForm):
    """One row of the register, with the receiver's signature (TQ-3)."""

    hand = forms.ChoiceField(
        choices=RegisterEntry.Hand.choices[:3],
        error_messages={"required": "请选是谁写的。", "invalid_choice": "请选是谁写的。"},
    )
    name = _line("姓名", 40)
    title = forms.ChoiceField(choices=[("", ""), ("mr", "先生"), ("ms", "女士")], required=False)
    phone = forms.CharField(max_length=30, required=False)
    lives = _line("现住区域", 40, "例如：城东")
    group_size = _number("一共几人", 99)
    first = forms.ChoiceField(choices=[("yes", "首次"), ("no", "再访")], required=False)
    note = _line("备注", 200)
    why = _line("原因", 200)
    consent = forms.ChoiceField(choices=CONSENT, required=False)
    wording = _line("告知内容", 20)
    customer_drawn = forms.CharField(required=False, max_length=60000)

    glasses = ("customer_drawn",)
    signer = "接待人"

    def clean_phone(self) -> str:
        """A number that can be called, or nothing."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and normalised(phone) is None:
            raise forms.ValidationError(PHONE_HELP)
        return phone

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="e-%s", **kwargs)
        self.asks = asks

    def clean(self) -> dict[str, object]:
        """The customer was asked."""
        data = super().clean() or {}
        declined = data.get("hand") == RegisterEntry.Hand.DECLINED
        if self.asks and not self.errors and not declined and not data.get("consent"):
            self.add_error("consent", ASK)
        return data

    def words(self) -> Words:
        """The row's words; call after `is_valid`."""
        d = self.cleaned_data
        plain = {n: d[n] for n in ("hand", "name", "title", "phone", "lives", "note", "why")}
        if d["consent"] == "refused":
            plain["why"] = d["why"] or NO_CONSENT
        return Words(
            **plain,
            agreed=d["wording"] if d["consent"] == "agreed" else "",
            refused=d["wording"] if d["consent"] == "refused" else "",
            group_size=d["group_size"] or 1,
            first_visit={"yes": True, "no": False}.get(d["first"]),
            strokes=d["customer_drawn"],
            needs=self.needs(),
        )


class StepForm(KeyedForm):
    """One of the four steps: things shown or given, a note, the next contact agreed."""

    things = forms.MultipleChoiceField(required=False)
    note = _line("备注", 500)
    next_contact = forms.DateTimeField(
        required=False, error_messages={"invalid": "约好的时间没有读懂，请从日历里选。"}
    )

    def __init__(self, *args: Any, offered: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["things"].choices = [(t, t) for t in offered]  # type: ignore[attr-defined]

    @property
    def shown_or_given(self) -> tuple[str, ...]:
        """What was shown or given; call after `is_valid`."""
        return tuple(self.cleaned_data["things"])


class FaultForm(KeyedForm):
    """Damage or dirt seen in the show flat: where, and what."""

    where = _line("哪里", 40, "例如：A 户型客厅")
    what = _line("看到了什么", 200, "例如：茶几有裂纹")
