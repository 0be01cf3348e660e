"""来电来访登记: something comes in, written down by hand."""

from collections.abc import Iterable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yingbin.files.forms import PhotosField
from yingbin.matters.photos import MATTER
from yingbin.pages.forms import Cleaned, KeyedForm, Typed, choose, text
from yingbin.rules.desk.kinds import TITLES

from ..models import DeskMatter


class RecordForm(KeyedForm):
    """One line of the register."""

    kind = forms.ChoiceField(label="类别", choices=list(TITLES.items()), initial="help")
    source = forms.ChoiceField(label="来源", choices=DeskMatter.Source.choices, initial="call")
    home = text("哪一户，或在哪里", 60)
    caller = text("怎么称呼", 40, required=False)
    subject = forms.ChoiceField(label="什么方面")
    title = text("什么事", 80)
    detail = forms.CharField(
        label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    urgent = forms.ChoiceField(
        label="急缓", required=False,
        choices=[("", "按事项定"), ("yes", "紧急"), ("no", "一般")],
    )  # fmt: skip
    answer = forms.CharField(
        label="当场答复", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="只有咨询可以当场答复；写了就算办结。",
    )  # fmt: skip
    photos = PhotosField(owner=MATTER.id)

    def __init__(
        self,
        data: Typed | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        subjects: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data, files)
        choose(self.fields["subject"], [("", "请选"), *subjects])

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


class WordsForm(KeyedForm):
    """A remark beside a matter, with photos, or the supervisor's word."""

    words = forms.CharField(
        label="写一句", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    photos = PhotosField(owner=MATTER.id)


class GuidanceForm(KeyedForm):
    """SD-3.3: the supervisor's word to whoever owes the answer."""

    prefix_of_ids = "guide"
    words = forms.CharField(
        label="跟负责人说一句", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写一句要怎么办。"},
    )  # fmt: skip
