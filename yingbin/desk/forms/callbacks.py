"""The form of a call: reached, with the resident's answers in one tap each, or not."""

from django import forms

from yingbin.pages.forms import Cleaned, KeyedForm, date_box
from yingbin.sheets.forms import WhyForm

from ..actions.callbacks import Answers

POINTS = [
    ("5", "5 分 很满意"),
    ("4", "4 分 满意"),
    ("3", "3 分 较满意"),
    ("2", "2 分 不满意"),
    ("1", "1 分 很不满意"),
]


def _day(label: str) -> forms.DateField:
    said = "请填日期，例如 2026-12-31。"
    return forms.DateField(
        label=label, widget=date_box(), error_messages={"required": said, "invalid": said}
    )


class CallsOutForm(WhyForm):
    """Of which days, and why they leave the house."""

    prefix_of_ids = "out"
    example = "例如：月度满意度分析"
    since = _day("从")
    until = _day("到")

    def clean(self) -> Cleaned:
        """The days stand in their order."""
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", "要在开始的那天以后。")
        return told


class CallForm(KeyedForm):
    """What the resident answers."""

    points = forms.ChoiceField(
        label="这件事办得怎么样，您打几分？", choices=POINTS,
        error_messages={"required": "请问住户打几分，再记下。"},
    )  # fmt: skip
    asked = forms.ChoiceField(
        label="办事的过程中，有人向您要过东西或者提过别的要求吗？",
        choices=[("no", "没有"), ("yes", "有")],
        error_messages={"required": "请问这一句，再记下。"},
        help_text="答“有”只报给主管一个人，别的同事看不到。",
    )
    wanted = forms.CharField(
        label="要过什么，住户怎么说的", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="只有主管能看到。",
    )  # fmt: skip
    remark = forms.CharField(
        label="住户的话", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不满意的一定要写，会重新打开这件事。",
    )  # fmt: skip

    def clean(self) -> Cleaned:
        """Who isn't satisfied said why."""
        told = super().clean() or {}
        if told.get("points") in ("1", "2") and not (told.get("remark") or "").strip():
            self.add_error("remark", "住户不满意，请写下为什么不满意。")
        return told

    @property
    def answers(self) -> Answers:
        """What was said."""
        told = self.cleaned_data
        return Answers(int(told["points"]), told["asked"] == "yes", told["wanted"], told["remark"])


class SpanForm(forms.Form):
    """The days of a list."""

    since = forms.DateField(label="从", required=False)
    until = forms.DateField(label="到", required=False)
