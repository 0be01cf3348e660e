"""What the matters' pages send in, parsed and checked; nothing here saves."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import PhotosField
from yingbin.pages.forms import KeyedForm, Typed
from yingbin.rules.matters import KINDS

from .photos import MATTER
from .words import NEEDS_WORDS

Choices = list[tuple[str, str]]
PICK = "请从名单里选一位同事。"
OTHER_SITES = "请从名单里选。"


def by_hand() -> Choices:
    """The kinds that people open by hand."""
    return [(kind.id, kind.title) for kind in KINDS.values() if kind.by_hand]


class OpenForm(KeyedForm):
    """A matter opened by hand."""

    kind = forms.ChoiceField(label="类别", choices=by_hand)
    title = forms.CharField(
        label="什么事",
        max_length=80,
        error_messages={"max_length": "一句话最多 80 个字，其余请写在说明里。"},
    )
    detail = forms.CharField(
        label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    offered_to = forms.ChoiceField(label="转给", required=False, help_text="不选就自己办。")
    photos = PhotosField(owner=MATTER.id)
    customer = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "没有找到这位客户。"},
    )

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        takers: Iterable[tuple[str, str]],
        initial: Mapping[str, str],
    ) -> None:
        super().__init__(data, files, initial=dict(initial))
        self.fields["title"].error_messages["required"] = "请用一句话写下是什么事。"
        offered = self.fields["offered_to"]
        offered.choices = [("", "我自己办"), *takers]  # type: ignore[attr-defined]
        offered.error_messages["invalid_choice"] = PICK


class StepForm(KeyedForm):
    """One step of a matter: what its verb asks for. Whether it may be taken is for the rules to say."""

    to = forms.ChoiceField(label="给谁", required=False)
    due_at = forms.DateTimeField(
        label="新的时限",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "时限请按 年-月-日 时:分 填写。"},
    )
    reason = forms.ChoiceField(label="为什么暂停", required=False)
    grade = forms.ChoiceField(label="级别", required=False)
    note = forms.CharField(
        label="原因",
        max_length=1000,
        required=False,
        error_messages={"max_length": "最多写 1000 个字。"},
    )
    photos = PhotosField(owner=MATTER.id)
    purpose = forms.ChoiceField(label="照片拍的是", required=False)

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        verb: str,
        asks: Iterable[str] = (),
        note: str = "",
        choices: Mapping[str, Choices] | None = None,
    ) -> None:
        super().__init__(data, files, auto_id=f"{verb}-%s")
        for name in set(self.fields) - {"key", *asks}:
            del self.fields[name]
        for name, said in (choices or {}).items():
            if name in self.fields:
                self.fields[name].choices = [("", "请选"), *said]  # type: ignore[attr-defined]
        if "to" in self.fields:
            self.fields["to"].error_messages["invalid_choice"] = PICK
        if note and "note" in self.fields:
            box = self.fields["note"]
            box.label, box.required = note, verb in NEEDS_WORDS
            box.error_messages["required"] = f"请写下{note}。"
        if "note" in self.fields and verb in LONG:
            self.fields["note"].widget = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})


# Verbs whose words are more than a line.
LONG = frozenset({"answer", "note"})


class SearchForm(forms.Form):
    """Words of a matter, or its number."""

    words = forms.CharField(label="找一件事", max_length=40, required=False)
