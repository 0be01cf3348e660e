"""What is written beside a matter: a remark, the supervisor's word."""

from django import forms

from yingbin.files.forms import PhotosField
from yingbin.matters.photos import MATTER
from yingbin.pages.forms import KeyedForm


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
