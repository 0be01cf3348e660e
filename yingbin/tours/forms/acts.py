"""The form of one event of the contract on a visit's page, and its answers as the contract names them."""

from collections.abc import Iterable, Mapping

from django import forms

from yingbin.pages.forms import KeyedForm, Typed, choose, whole

from ..words import AREA_WORDS, CLASS_WORDS, SERVES

Choices = Iterable[tuple[str, str]]
# Which fields each event asks for; whether it may happen is for the rules.
ASKS: Mapping[str, tuple[str, ...]] = {
    "reclass": ("to", "reason"),
    "area": ("area", "answer", "reason"),
    "company": ("answer", "reason"),
    "exception": ("ground", "asked_by", "reason"),
    "permit_photo": ("asked_by", "reason"),
    "task": ("task", "who", "serve"),
    "send_plan": (),
    "issue": ("areas", "persons", "escort", "photo"),
    "withdraw": (),
}
_SERVED = ("pastries", "coffee", "cold_drinks", "other")


def _hidden() -> forms.CharField:
    return forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class ActForm(KeyedForm):
    """One event; `offers` are the people who may be chosen; mark: which of the page's forms it is."""

    area, answer, ground, task = _hidden(), _hidden(), _hidden(), _hidden()
    to = forms.ChoiceField(label="改为哪一类", choices=list(CLASS_WORDS.items()))
    asked_by = forms.ChoiceField(label="谁申请的")
    who = forms.ChoiceField(label="由谁", required=False)
    serve = forms.ChoiceField(
        label="准备什么", required=False, choices=[(one, SERVES[one]) for one in _SERVED]
    )
    areas = forms.MultipleChoiceField(
        label="能去的区域",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个区域。"},
    )
    persons = whole("人数", 1, 100_000)
    escort = forms.ChoiceField(label="陪同人")
    photo = forms.BooleanField(label="准许拍照", required=False)
    reason = forms.CharField(
        label="原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        event: str,
        data: Typed | None = None,
        *,
        offers: Mapping[str, Choices] | None = None,
        initial: Mapping[str, object] | None = None,
        named: str = "",
    ) -> None:
        self.event, self.mark = event, f"{event}-{named}"
        super().__init__(data, initial=initial, auto_id=f"{self.mark}-%s")
        for name in set(self.fields) - {"key", *ASKS[event]}:
            del self.fields[name]
        for name, said in (offers or {}).items():
            if name in self.fields:
                choose(self.fields[name], list(said))

    def clean(self) -> dict[str, object]:
        """A refusal and an exception say why."""
        told = super().clean() or {}
        asks = self.event in ("reclass", "exception", "permit_photo")
        if (asks or told.get("answer") == "refused") and not str(told.get("reason", "")).strip():
            self.add_error("reason", "请写明原因。")
        return told

    def facts(self) -> dict[str, str | int | bool | tuple[str, ...]]:
        """What was told, as the contract names it; what was left empty is left out."""
        found: dict[str, str | int | bool | tuple[str, ...]] = {}
        for name, value in self.cleaned_data.items():
            if name == "key" or value in (None, "", False):
                continue
            found[name] = tuple(value) if isinstance(value, list) else value
        wanted = {"guide": {"serve"}, "senior": {"serve"}, "direction": {"who"}}
        without = wanted.get(str(found.get("task")), {"serve", "who"})
        return {name: value for name, value in found.items() if name not in without}


def areas_named(names: Iterable[str]) -> list[tuple[str, str]]:
    """Areas as choices."""
    return [(name, AREA_WORDS[name]) for name in names]
