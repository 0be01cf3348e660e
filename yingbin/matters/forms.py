"""What the matters' pages send in, parsed and checked; nothing here saves."""

from typing import Any

from django import forms

from yingbin.rules.matters import KINDS

BY_HAND = ("question", "follow_up", "service")


def _kinds() -> list[tuple[str, str]]:
    return [(kind, KINDS[kind].title) for kind in BY_HAND]


class OpenForm(forms.Form):
    """A matter opened by hand."""

    kind = forms.ChoiceField(label="类别", choices=_kinds)
    title = forms.CharField(
        label="什么事",
        max_length=80,
        error_messages={
            "required": "请用一句话写下是什么事。",
            "max_length": "一句话最多 80 个字，其余请写在说明里。",
        },
    )
    detail = forms.CharField(
        label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    offered_to = forms.UUIDField(
        required=False, error_messages={"invalid": "请从名单里选一位同事。"}
    )
    customer = forms.UUIDField(required=False, error_messages={"invalid": "没有找到这位客户。"})


class StepForm(forms.Form):
    """One step of a matter: what a verb may need, checked by the rule itself."""

    to = forms.UUIDField(required=False, error_messages={"invalid": "请从名单里选一位同事。"})
    note = forms.CharField(
        max_length=1000, required=False, error_messages={"max_length": "最多写 1000 个字。"}
    )
    due_at = forms.DateTimeField(
        required=False, error_messages={"invalid": "时限请按 年-月-日 时:分 填写。"}
    )


def first_error(form: forms.Form) -> str:
    """The first thing that is wrong with a form, "" where nothing is."""
    errors: Any = form.errors
    return next((str(e[0]) for e in errors.values()), "")
