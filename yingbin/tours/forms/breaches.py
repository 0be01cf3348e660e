"""What the pages of breaches take in; nothing here saves."""

from __future__ import annotations

from typing import TypeAlias
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import PhotosField
from yingbin.pages.forms import KeyedForm, Typed, choose, text
from yingbin.sheets.forms import WhyForm

from ..evidence import EVIDENCE

People = list[tuple[str, str]]
Sent: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]]"


def _long(label: str, most: int = 500, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, widget=area)


class _Leader(KeyedForm):
    """Who led visitors without approval: a colleague, or somebody else in words."""

    leader = forms.ChoiceField(label="带人的同事", required=False)
    called = text("不是同事的，写是谁", 40, required=False)
    none = "不是本公司的同事"

    def __init__(
        self, data: Typed | None = None, files: Sent | None = None, *, people: People
    ) -> None:
        super().__init__(data, files)
        choose(self.fields["leader"], [("", self.none), *people])

    @property
    def whom(self) -> UUID | None:
        """The colleague, where it is one."""
        return UUID(self.cleaned_data["leader"]) if self.cleaned_data["leader"] else None


class BreachForm(_Leader):
    """Who led visitors without approval, what was seen, photos of it."""

    prefix_of_ids = "breach"

    note = _long("看到什么")
    photos = PhotosField(owner=EVIDENCE.id, label="取证照片")


class EvidenceForm(KeyedForm):
    """More photos, or words."""

    prefix_of_ids = "evidence"

    note = _long("说明")
    photos = PhotosField(owner=EVIDENCE.id, label="取证照片")


class ConfirmForm(_Leader):
    """What security found out."""

    prefix_of_ids = "confirm"

    finding = _long("怎么查实的", required=True)
    none = "就是报告里写的人"


class ReleaseForm(KeyedForm):
    """Why the evidence is needed no longer."""

    prefix_of_ids = "release"

    reason = text("为什么可以解除封存", 200)


class RecordForm(WhyForm):
    """What the record leaves the house for."""

    prefix_of_ids = "record"
    example = "例如：交法务，案号 2026-17"
