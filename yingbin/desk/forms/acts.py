"""The form of one event of the contract: what it asks for, and its answers as the contract names them."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import PhotosField
from yingbin.matters.photos import MATTER
from yingbin.pages.forms import KeyedForm, Typed, choose, decimal, whole
from yingbin.rules.desk.kinds import PAUSES, TITLES
from yingbin.rules.desk.policy import SEVERITIES

from ..doings import Doing
from ..kinds import GRADES

Choices = list[tuple[str, str]]
YES, NO = "yes", "no"


def _words(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"请写下{label}。", "max_length": "最多写 1000 个字。"},
    )


class ActForm(KeyedForm):
    """One event. Which of these fields it has, its `Doing` says; whether it may happen is for the rules."""

    to = forms.ChoiceField(label="给谁")
    as_ = forms.ChoiceField(
        label="换什么", choices=[("holder", "经办人"), ("owner", "负责人")], initial="holder"
    )
    yuan = decimal("金额（元）", "金额请填数字，例如 80 或 99.50。")
    amount = whole(required=False, widget=forms.HiddenInput)
    agreed = forms.ChoiceField(label="住户怎么说", choices=[(YES, "同意"), (NO, "不同意")])
    signed = forms.BooleanField(
        label="住户已经签字确认完工", error_messages={"required": "请先请住户签字确认完工。"}
    )
    severity = forms.ChoiceField(label="级别", choices=[(one, GRADES[one]) for one in SEVERITIES])
    kind = forms.ChoiceField(label="改为哪一类", required=False)
    urgent = forms.ChoiceField(label="急缓", required=False)
    of = forms.CharField(
        label="和哪一件重复", max_length=40, required=False, help_text="填那一件的编号。"
    )
    approved_by = forms.ChoiceField(label="谁批准的")
    reason = _words("原因")
    note = _words("说明")
    text = _words("答复")
    photos = PhotosField(owner=MATTER.id)

    def __init__(
        self,
        doing: Doing,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        asks: Iterable[str],
        offers: Mapping[str, Choices],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial, auto_id=f"{doing.event}-%s")
        for name in set(self.fields) - {"key", *asks}:
            del self.fields[name]
        for name, said in offers.items():
            if name in self.fields and said:
                self._offer(name, said)
        for name in ("reason", "note", "text"):
            if doing.note and name in self.fields:
                self.fields[name].label = doing.note
                self.fields[name].error_messages["required"] = f"请写下{doing.note}。"

    def _offer(self, name: str, said: Choices) -> None:
        if not isinstance(self.fields[name], forms.ChoiceField):
            self.fields[name] = forms.ChoiceField(label="原因", choices=[])
        needed = self.fields[name].required
        first = [] if name in ("as_", "severity") else [("", "请选" if needed else "不改")]
        choose(self.fields[name], [*first, *said])
        self.fields[name].error_messages["required"] = f"请选{self.fields[name].label}。"
        self.fields[name].error_messages["invalid_choice"] = "请从列表里选。"

    def facts(self) -> dict[str, str | int | bool]:
        """What was told, as the contract names it; what was left empty is left out."""
        found: dict[str, str | int | bool] = {}
        for name, value in self.cleaned_data.items():
            if name in ("key", "photos") or value in (None, ""):
                continue
            if name == "yuan":
                found["amount"] = int(value * 100)
            elif value in (YES, NO):
                found[name] = value == YES
            else:
                found[name.rstrip("_")] = value
        return found


def listed(event: str) -> Choices:
    """The reasons that an event lists."""
    if event == "pause":
        return list(PAUSES.items())
    if event == "cancel":
        return [("withdrawn", "住户不要了"), ("duplicate", "和另一件重复")]
    return []


def kinds(named: Iterable[str]) -> Choices:
    """Kinds by their names."""
    return [(one, TITLES[one]) for one in named]
