"""Photos in a form: those a page's script has uploaded already (their ids), and those that come with the form itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.journal.action import Acting
from yingbin.journal.write import KeyReused
from yingbin.pages import asked
from yingbin.pages.forms import KeyedForm
from yingbin.rules.decision import Refused

from . import actions, queries
from .contents import MAX_BYTES


@dataclass(frozen=True)
class Chosen:
    """What a form was sent with: ids of files taken in before, and files that come along."""

    kept: tuple[UUID, ...] = ()
    new: tuple[UploadedFile[bytes], ...] = ()

    @property
    def many(self) -> int:
        """How many photos were chosen, good or not."""
        return len(self.kept) + len(self.new)


class PhotosInput(forms.Widget):
    """Reads photos out of a form; the tag `{% photos %}` draws them."""

    needs_multipart_form = True

    def value_from_datadict(
        self, data: Mapping[str, object], files: MultiValueDict[str, UploadedFile[bytes]], name: str
    ) -> Chosen:
        """Ids that are none are left out: whoever forges a form gets no further with it."""
        ids = data.getlist(name) if isinstance(data, MultiValueDict) else []
        kept = asked.uids(map(str, ids))
        new = files.getlist(name) if isinstance(files, MultiValueDict) else []
        return Chosen(tuple(dict.fromkeys(kept)), tuple(new))


class PhotosField(forms.Field):
    """Up to nine photos or scans for a thing of this owner's. The form posts as `multipart/form-data`."""

    def __init__(self, *, owner: str, label: str = "照片", required: bool = False) -> None:
        super().__init__(label=label, required=required, widget=PhotosInput())
        self.owner = owner
        self.kept: tuple[queries.Shown, ...] = ()

    def clean(self, value: object) -> Chosen:
        """What was chosen. Raises ValidationError for none where one is wanted, and for more than nine."""
        chosen = value if isinstance(value, Chosen) else Chosen()
        many = chosen.many
        if self.required and not many:
            raise forms.ValidationError("请至少拍一张照片。")
        if many > actions.MOST_TOGETHER:
            raise forms.ValidationError(
                f"一次最多 {actions.MOST_TOGETHER} 张，现在有 {many} 张，请去掉几张。"
            )
        return chosen


def taken_with(who: Acting, form: KeyedForm, name: str = "photos") -> tuple[UUID, ...]:
    """The ids of all photos of a form that was sent; what came along is taken in now.

    Ask before `is_valid`: a form that is refused for something else shows the photos again, also without script.
    A photo that isn't taken in makes the form invalid, with the reason beside it.
    """
    field, chosen = form.fields[name], form[name].data
    assert isinstance(field, PhotosField)
    ids, wrong = list(chosen.kept), []
    if name not in form.errors:
        for n, file in enumerate(chosen.new):
            key = hashlib.sha256(f"{who.key}:{name}:{n}".encode()).hexdigest()
            try:
                data = file.read(MAX_BYTES + 1)
                ids.append(actions.take_in(replace(who, key=key), owner=field.owner, data=data))
            except (Refused, KeyReused) as no:
                if isinstance(no, KeyReused):
                    form.renew_key()
                wrong.append(f"第 {len(chosen.kept) + n + 1} 张：{no.message}")
    for words in wrong:
        form.refuse(words, name)
    field.kept = queries.loose(who.site_id, field.owner, UUID(str(who.by)), ids)
    return tuple(ids)
