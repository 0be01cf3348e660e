"""Posts and shifts; nothing here saves."""

from django import forms

from yingbin.pages.forms import KeyedForm, text, whole

from ..models import PostRule
from .fields import hour


class PostForm(KeyedForm):
    """A post that must be manned."""

    prefix_of_ids = "post"
    rule = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = text("岗位名称", 40)
    kind = forms.ChoiceField(label="类型", choices=PostRule.Kind.choices)
    minimum = whole("至少几人在岗", low=1, high=50, initial=1)
    opens = hour("开门", required=False)
    closes = hour("关门", required=False, help_text="开门、关门都空着，就按本处的开放时间")


class ShiftKindForm(KeyedForm):
    """A shift of the roster."""

    prefix_of_ids = "kind"
    mark = text("代号", 4, help_text="排班表里写的字，例如 早")
    title = text("名称", 20, required=False)
    begins = hour("上班")
    ends = hour("下班", help_text="早于上班就是到第二天")
