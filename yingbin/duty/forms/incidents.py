"""Incidents, drills and the steps of each type; nothing here saves."""

from django import forms

from yingbin.files.forms import PhotosField
from yingbin.pages.forms import Cleaned, KeyedForm, choose, text

from ..actions.incidents import LONGEST_WORDS
from ..files import INCIDENT
from ..models import PostRule
from .fields import one_of


class DrillForm(KeyedForm):
    """演练: where."""

    post = one_of("在哪里")

    def offer(self, rules: list[PostRule]) -> "DrillForm":
        """The posts of the place, open today or not."""
        choose(self.fields["post"], [(str(r.post_id), r.post.name) for r in rules])
        return self


class IncidentWordsForm(KeyedForm):
    """Words during an incident, photos, or both."""

    prefix_of_ids = "words"
    photos = PhotosField(owner=INCIDENT.id, label="现场照片")
    text = forms.CharField(
        label="补充",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> Cleaned:
        """One of the two."""
        told = dict(super().clean() or {})
        shown = told.get("photos")
        if not told.get("text") and not self.errors and not (shown and shown.many):
            self.add_error("text", "请填写补充，或者拍一张照片。")
        return told


class ReportForm(KeyedForm):
    """The report once it is over."""

    prefix_of_ids = "report"
    text = forms.CharField(
        label="经过和处理", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="发生了什么，怎么处理的，还有什么没有办完，谁去办。客户的姓名和电话不写在这里。",
    )  # fmt: skip
    photos = PhotosField(owner=INCIDENT.id)


class ReportCopyForm(KeyedForm):
    """Why a report leaves the house on paper."""

    prefix_of_ids = "copy"
    why = text("带出做什么用", 200)


class ProcedureForm(KeyedForm):
    """The steps of a type, one a line."""

    type = text("类型", 20)
    steps = forms.CharField(
        label="步骤", widget=forms.Textarea(attrs={"rows": 10}), help_text="一行一步，先写先做"
    )
    why = text("改了什么、根据哪份规程", 200)

    def clean_steps(self) -> tuple[str, ...]:
        """One step a line."""
        return tuple(
            line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()
        )
