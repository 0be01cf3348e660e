"""What the page of a check takes in: values of a room, what isn't in order, a lead's word; nothing here saves."""

from collections.abc import Iterable
from typing import TypeAlias
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import Chosen, PhotosField, taken_with
from yingbin.journal.action import Acting
from yingbin.matters.photos import MATTER
from yingbin.pages.forms import KeyedForm, Typed, text, whole
from yingbin.rules.checklists.terms import Item
from yingbin.rules.checklists.verdict import read_number
from yingbin.sheets.forms import MORE_THAN_A_DOT
from yingbin.sheets.ink import strokes_of

from ..actions.checking import PHOTOS, Filled
from ..words import LINES

CANT = "拍不了照，为什么"
WHY = "-why"  # what the name of the field ends in that stands beside a photo


def why_field() -> forms.CharField:
    """Why no photo can be taken."""
    hint = "写了原因，没有照片也能填；领班会收到。也可以请在岗的同事用自己的手机来填这一项。"
    box = forms.TextInput(attrs={"placeholder": "例如：手机没有摄像头", "autocomplete": "off"})
    return text(CANT, 60, required=False, help_text=hint, widget=box)


Files: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]] | None"


def field_of(item: Item) -> forms.Field:
    """The field in which an item is filled in; its name is the item's id."""
    label = f"{item.title}（{item.unit}）" if item.unit else item.title
    hint = "，".join(part for part in (item.help, _hint(item)) if part)
    if item.kind == "photo":
        return PhotosField(owner=PHOTOS.id, label=item.title, required=True)
    if item.kind == "choice":
        picks = [(c, c) for c in item.choices]
        return forms.ChoiceField(label=label, choices=picks, help_text=hint)
    if item.kind == "count":
        counter = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        return whole(
            label, low=0, high=100000, help_text=hint, widget=counter,
            error_messages={"invalid": "请填一个整数，例如 12。", "min_value": "数量不能小于 0。"},
        )  # fmt: skip
    long = 60000 if item.kind == "signature" else 12
    box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=long, help_text=hint, widget=box)


def _hint(item: Item) -> str:
    return f"应为 {item.limits}" if item.kind in ("number", "count") and item.limits else ""


class FilledForm(KeyedForm):
    """A form with a field for each item that has to be filled in."""

    use_required_attribute = False

    def __init__(
        self,
        data: Typed | None = None,
        files: Files = None,
        *,
        items: Iterable[Item] = (),
        where: str = "",
    ) -> None:
        super().__init__(data, files, auto_id=f"{where}%s")
        self.items = tuple(items)
        for item in self.items:
            self.fields[item.id] = field_of(item)
            if item.kind == "photo":
                self.fields[f"{item.id}{WHY}"] = why_field()
            missing = "请签名。" if item.kind == "signature" else f"还没有填{item.title}。"
            if item.kind != "photo":
                self.fields[item.id].error_messages["required"] = missing

    def clean(self) -> dict[str, object]:
        """Numbers can be read, signatures are more than a dot."""
        told = dict(super().clean() or {})
        for item in self.items:
            value = told.get(item.id)
            if item.kind == "number" and isinstance(value, str):
                self._number(item, value)
            if item.kind == "signature" and isinstance(value, str):
                told[item.id] = self._strokes(item, value)
            if told.get(f"{item.id}{WHY}") and not self._chose(item.id):
                self.errors.pop(item.id, None)
        return told

    def _chose(self, name: str) -> bool:
        """Whether any photo came along, good or not."""
        chosen = self[name].data
        return isinstance(chosen, Chosen) and chosen.many > 0

    def _number(self, item: Item, value: str) -> None:
        try:
            read_number(value)
        except ValueError:
            self.add_error(item.id, "请填一个数字，例如 22 或 22.5。")

    def _strokes(self, item: Item, value: str) -> tuple[tuple[int, ...], ...]:
        try:
            strokes = strokes_of(value)
        except (ValueError, RecursionError):
            strokes = ()
        if sum(map(len, strokes)) < MORE_THAN_A_DOT:
            self.add_error(item.id, "签名没有读出来，请清除后重签一次。")
        return strokes

    def take(self, who: Acting) -> None:
        """Takes in the photos that came with the form; ask before `is_valid`."""
        self.taken = {i.id: taken_with(who, self, i.id) for i in self.items if i.kind == "photo"}

    def filled(self) -> tuple[Filled, ...]:
        """What was filled in; call after `is_valid`."""
        return tuple(self._filled(item) for item in self.items)

    def _filled(self, item: Item) -> Filled:
        told = self.cleaned_data.get(item.id)
        if item.kind == "photo":
            why = self.cleaned_data.get(f"{item.id}{WHY}", "")
            return Filled(item.id, photos=self.taken.get(item.id, ()), no_photo=why)
        if item.kind == "signature":
            return Filled(item.id, strokes=told or ())
        if item.kind == "count":
            return Filled(item.id, count=told)
        if item.kind == "choice":
            return Filled(item.id, choice=str(told or ""))
        return Filled(item.id, number=str(told or ""))

    @property
    def boxes(self) -> list[tuple[Item, BoundField, BoundField | None]]:
        """Each item with its field, and of a photo the field beside it, as the page draws them."""
        return [
            (item, self[item.id], self[f"{item.id}{WHY}"] if item.kind == "photo" else None)
            for item in self.items
        ]


class FailedForm(FilledForm):
    """An item that is not in order: what was found, and the slip or repair it needs, with photos."""

    kind = forms.ChoiceField(label="写什么", choices=list(LINES.items()), initial="repair")
    title = text("哪里不正常", 80)
    detail = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    photos = PhotosField(owner=MATTER.id)
    no_photo = why_field()

    def __init__(
        self,
        data: Typed | None = None,
        files: Files = None,
        *,
        item: Item,
        closing: bool = False,
    ) -> None:
        found = [item] if item.kind in ("number", "count", "choice") else []
        super().__init__(data, files, items=found, where="failed-")
        for one in found:
            self.fields[one.id].required = False
        self.fields["photos"].required = item.photo_if_failed
        self.initial["kind"] = "repair" if closing else item.line
        if closing:
            kind = self.fields["kind"]
            assert isinstance(kind, forms.ChoiceField)
            kind.choices = [("repair", LINES["repair"])]

    def clean(self) -> dict[str, object]:
        """A word does where a photo is wanted and none can be taken."""
        told = super().clean()
        if told.get("no_photo") and not self._chose("photos"):
            self.errors.pop("photos", None)
        return told

    def take(self, who: Acting) -> None:
        """Takes in the photos of what is wrong; ask before `is_valid`."""
        self.wrong: tuple[UUID, ...] = taken_with(who, self)
        self.taken = {}


class SendBackForm(KeyedForm):
    """A lead's word on an item that isn't good enough."""

    prefix_of_ids = "back"
    word = text("哪里不行", 100)
