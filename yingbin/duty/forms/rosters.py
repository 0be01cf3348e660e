"""Filling many cells of the roster at once; nothing here saves."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from yingbin.pages.forms import KeyedForm, choose, date_box, text, whole

from ..marks import Illegible
from ..queries.grid import Grid, GridRow

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)  # days that a roster knows
_NO_DAY = "年份不对，请核对日期。"


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=date_box(),
        validators=[MinValueValidator(FIRST, _NO_DAY), MaxValueValidator(LAST, _NO_DAY)],
        error_messages={"invalid": "日期写成 2026-12-01 这样。"},
    )


class CopyForm(KeyedForm):
    """抄一周."""

    prefix_of_ids = "copy"
    to = day_field("抄到哪一周", help_text="填那一周里任意一天；抄的是它前一周")


class PatternForm(KeyedForm):
    """按规律排: 早早休休 for some people, from a day on."""

    prefix_of_ids = "pattern"
    who = forms.MultipleChoiceField(
        label="给谁排", error_messages={"required": "请至少勾选一个人。"}
    )
    pattern = text("规律", 62, help_text="写班次的代号，例如 早早晚晚休休，到头再从头来")
    first = day_field("从哪天")
    last = day_field("到哪天")
    later = whole(
        "每人错开几天", low=0, high=30, initial=0, required=False,
        help_text="第二个人从规律的第几位开始，几个人轮着上时用",
        called="错开的天数",
    )  # fmt: skip

    def offer(self, shown: Grid) -> "PatternForm":
        """The people of the grid."""
        self.shown = shown
        choose(self.fields["who"], [(str(r.staff), r.name) for r in shown.rows])
        self.initial.setdefault("first", max(shown.first, shown.today))
        self.initial.setdefault("last", shown.last)
        return self

    def clean_pattern(self) -> list[str]:
        """The marks, one by one."""
        try:
            return self.shown.marks.pattern(self.cleaned_data["pattern"])
        except Illegible as no:
            raise forms.ValidationError(no.why) from None

    def clean(self) -> dict[str, object]:
        """A span that can be planned."""
        told = self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first or (last - first).days > 61:
                self.add_error("last", "结束不能早于开始，一次最多排 62 天。")
            elif first < self.shown.today:
                self.add_error("first", "过去的日子不能再排，请从今天起。")
        return told

    def chosen(self) -> list[GridRow]:
        """The people it is for, in the order of the grid."""
        return [r for r in self.shown.rows if str(r.staff) in self.cleaned_data["who"]]


class PasteForm(KeyedForm):
    """贴一块: rows of a spreadsheet, names first, then a mark a day."""

    prefix_of_ids = "paste"
    first = day_field("第一列是哪天")
    block = forms.CharField(
        label="从表格里复制的内容",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一人一行：先是姓名，后面一天一格。空着的格子不动",
    )

    def offer(self, shown: Grid) -> "PasteForm":
        """The month in view."""
        self.shown = shown
        self.initial.setdefault("first", max(shown.first, shown.today))
        return self
