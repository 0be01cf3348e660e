"""What an answer to a request sends in."""

from django import forms

from yingbin.pages.forms import KeyedForm, text


class AnswerForm(KeyedForm):
    """Yes or no, and why."""

    words = text("不批准的话，为什么？", 500, required=False)
    grant = forms.CharField(required=False)
