"""来电来访登记: the one screen of a clerk, and the guard's short one on a phone."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import PhotosField
from yingbin.matters.photos import MATTER
from yingbin.pages import asked
from yingbin.pages.forms import Cleaned, KeyedForm, Typed, choose, text
from yingbin.rules.desk.kinds import TITLES

from ..models import DeskMatter
from .complaints import about_field

SOURCES = [(value, label) for value, label in DeskMatter.Source.choices if value != "guard"]
LONGEST_TITLE = 80


def _words(
    label: str, rows: int, *, required: bool = False, help_text: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=1000, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"max_length": "最多写 1000 个字。"},
    )  # fmt: skip


class WordedForm(KeyedForm):
    """A form whose words become title and detail."""

    @property
    def title(self) -> str:
        """The first line, as far as a list shows it."""
        return str(self.cleaned_data["words"]).strip().splitlines()[0][:LONGEST_TITLE]

    @property
    def detail(self) -> str:
        """All of it, where the title isn't that already."""
        words = str(self.cleaned_data["words"]).strip()
        return "" if words == self.title else words


class RegisterForm(WordedForm):
    """One line of the register. pick: the home and the person found, `home|person`, or an open matter, `matter:id`.

    twin: what becomes of it where it is known already: `new`, `add:id`, `parent:id`; "" while nobody said.
    entry: what the answer is taken from; without a script its words are the answer.
    """

    q = text("电话、房号、姓名", 60, required=False)
    pick = forms.CharField(max_length=90, required=False)
    twin = forms.CharField(max_length=60, required=False)
    entry = forms.UUIDField(required=False)
    words = _words("什么事", 3, required=True)
    kind = forms.ChoiceField(label="类别", choices=list(TITLES.items()), initial="help")
    urgent = forms.ChoiceField(
        label="急缓", required=False, choices=[("", "按事项定"), ("yes", "紧急"), ("no", "一般")],
    )  # fmt: skip
    answer = _words("当场答复", 2, help_text="写了就算办结。")
    source = forms.ChoiceField(label="方式", choices=SOURCES, initial="call")
    subject = forms.ChoiceField(label="事项", required=False)
    place = text("在哪里", 60, required=False)
    caller = text("怎么称呼", 40, required=False)
    phone = text("回电号码", 30, required=False)
    about = about_field()
    photos = PhotosField(owner=MATTER.id, label="照片、来信扫描件")

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        subjects: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data, files)
        choose(self.fields["subject"], [("", "按说的话定"), *subjects])
        asks = {"data-asks": ""}
        for name in ("q", "words", "subject", "place"):
            self.fields[name].widget.attrs.update(asks)
        self.fields["words"].error_messages["required"] = "请写一句是什么事。"

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Those of the staff whom a complaint may be about."""
        choose(self.fields["about"], list(people))

    def clean(self) -> Cleaned:
        """Only an enquiry is answered at once."""
        told = super().clean() or {}
        if told.get("answer") and told.get("kind") != "enquiry":
            self.add_error("answer", "只有咨询能当场答复。别的事请先登记，再一步步办。")
        return told

    @property
    def urgency(self) -> bool | None:
        """Whether it is said to be urgent; None where the subject decides."""
        return {"yes": True, "no": False}.get(self.cleaned_data["urgent"])

    @property
    def kind_said(self) -> str:
        """The kind that is chosen, whether or not the rest is complete."""
        return str(self.cleaned_data.get("kind", "")) if self.is_bound else ""

    @property
    def taken(self) -> UUID | None:
        """The entry of the base of answers that was taken; of an enquiry alone."""
        one = self.cleaned_data.get("entry") if self.kind_said == "enquiry" else None
        return one if isinstance(one, UUID) else None

    @property
    def joined(self) -> tuple[str, UUID | None]:
        """What was chosen of what is known, with the matter it is about: `add`, `parent`, `new` or ""."""
        picked = str(self.cleaned_data.get("pick", ""))
        if picked.startswith("matter:"):
            return "add", asked.uid(picked.partition(":")[2])
        how, _, one = str(self.cleaned_data.get("twin", "")).partition(":")
        return how, asked.uid(one)


class GuardForm(WordedForm):
    """What a guard sees on the rounds, in twenty seconds: where, what, a photo, whether it is urgent."""

    place = text("哪一户，或在哪里", 60)
    words = _words("什么事", 2, required=True)
    urgent = forms.BooleanField(label="紧急", required=False)
    photos = PhotosField(owner=MATTER.id)


class AttachedForm(KeyedForm):
    """The one answer for all homes that hang on a fault, and who has been told."""

    text = _words("要告诉住户的话", 2, required=True)
    told = forms.TypedMultipleChoiceField(required=False, coerce=UUID, label="已经告诉了")
    everybody = forms.BooleanField(required=False, label="下面每一户都告诉了")

    offered: tuple[UUID, ...] = ()

    def offer(self, matters: Iterable[UUID]) -> "AttachedForm":
        """The matters that hang on it."""
        self.offered = tuple(matters)
        field = self.fields["told"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(one), str(one)) for one in self.offered]
        return self

    def clean(self) -> Cleaned:
        """Where everybody has been told, nobody is ticked one by one."""
        told = super().clean() or {}
        if told.get("everybody"):
            told["told"] = list(self.offered)
        return told
