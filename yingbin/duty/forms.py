"""What the pages of a day on duty take in; nothing here saves."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from yingbin.pages.forms import KeyedForm, choose, text

from .models import PostRule
from .queries.picture import Picture, SeenPerson
from .words import BREAKS, LINES

Choices = list[tuple[str, str]]


def people(found: Iterable[SeenPerson], *, but: UUID | None = None) -> Choices:
    """People to choose from."""
    return [(p.id, p.name) for p in found if p.id != str(but)]


def one_of(label: str, *, required: bool = True, help_text: str = "") -> forms.TypedChoiceField:
    """A person or a post by its id; the page says which there are."""
    return forms.TypedChoiceField(
        label=label, required=required, help_text=help_text, coerce=UUID, empty_value=None
    )


def hour(label: str, *, required: bool = True, help_text: str = "") -> forms.TimeField:
    """An hour of the day."""
    return forms.TimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时间写成 12:30 这样。"},
    )


class BreakForm(KeyedForm):
    """用餐、休息: what kind, how long, from when."""

    prefix_of_ids = "break"
    kind = forms.ChoiceField(label="做什么", choices=list(BREAKS.items()), initial="meal")
    minutes = forms.IntegerField(
        label="多少分钟", min_value=1, max_value=180, initial=30,
        error_messages={"invalid": "分钟数填数字，例如 30。"},
    )  # fmt: skip
    begins = hour("从几点", required=False, help_text="不填就是现在")


class SignOffForm(KeyedForm):
    """签退: who takes over, where the post needs somebody."""

    prefix_of_ids = "off"
    relieved_by = one_of("由谁接替", required=False)

    def offer(self, seen: Picture, me: UUID) -> "SignOffForm":
        """Those who are there."""
        there = [
            p for p in seen.people.values() if p.signed_on and p.role in ("receptionist", "lead")
        ]
        choose(self.fields["relieved_by"], [("", "岗位上人够，不用接替"), *people(there, but=me)])
        return self


class LineForm(KeyedForm):
    """信息传递单 or 报修."""

    kind = forms.ChoiceField(label="写什么", choices=list(LINES.items()), initial="slip")
    post = one_of("岗位")
    title = text("什么事", 80)
    detail = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def offer(self, seen: Picture) -> "LineForm":
        """The posts of the day."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        return self


class FailedForm(KeyedForm):
    """An item that is not in order, and the slip or repair it needs."""

    kind = forms.ChoiceField(label="写什么", choices=list(LINES.items()), initial="repair")
    title = text("哪里不正常", 80)
    detail = forms.CharField(
        label="说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class HandoverForm(KeyedForm):
    """交接班: which post, to whom, with which keys and counts."""

    post = one_of("岗位")
    receiver = one_of("接班人", help_text="要先到岗")
    keys = forms.CharField(
        label="钥匙", required=False, max_length=400, help_text="一行一把，例如：大门 1 号",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    stock = forms.CharField(
        label="物品数量", required=False, max_length=1000, help_text="一行一样，例如：鞋套 40",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def offer(self, seen: Picture, me: UUID) -> "HandoverForm":
        """The posts of the day and everybody who has signed on."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        there = [p for p in seen.people.values() if p.signed_on]
        choose(self.fields["receiver"], people(there, but=me))
        return self

    def clean_keys(self) -> tuple[str, ...]:
        """One key a line."""
        return _once(self.cleaned_data["keys"].splitlines(), "钥匙")

    def clean_stock(self) -> tuple[tuple[str, int], ...]:
        """A name and a number a line."""
        rows = [r.split() for r in self.cleaned_data["stock"].splitlines() if r.strip()]
        for row in rows:
            if len(row) < 2 or not row[-1].isdigit():
                raise forms.ValidationError(f"“{' '.join(row)}”后面要有数量，例如：鞋套 40。")
        _once([" ".join(row[:-1]) for row in rows], "物品")
        return tuple((" ".join(row[:-1]), int(row[-1])) for row in rows)


def _once(names: Iterable[str], what: str) -> tuple[str, ...]:
    found = [name.strip() for name in names if name.strip()]
    twice = next((name for name in found if found.count(name) > 1), None)
    if twice:
        raise forms.ValidationError(f"{what}“{twice}”写了两次，请合成一行。")
    return tuple(found)


class ReasonForm(KeyedForm):
    """A sentence why."""

    reason = text("原因", 100)


class CaseForm(KeyedForm):
    """A disruption, or an emergency of a type, and where."""

    post = one_of("在哪里")

    def offer(self, seen: Picture) -> "CaseForm":
        """The posts of the day."""
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        return self


class ShiftForm(KeyedForm):
    """改班: another shift for somebody from now on."""

    prefix_of_ids = "shift"
    who = one_of("谁")
    begins = hour("上班")
    ends = hour("下班")

    def offer(self, seen: Picture) -> "ShiftForm":
        """Receptionists and leads of the day."""
        choose(self.fields["who"], people(p for p in seen.people.values() if p.shift))
        return self


class StandInForm(KeyedForm):
    """顶岗: somebody stands at another post for a time."""

    prefix_of_ids = "stand"
    who = one_of("谁")
    post = one_of("去哪个岗位")
    begins = hour("从")
    ends = hour("到")

    def offer(self, seen: Picture) -> "StandInForm":
        """Receptionists and leads, and the posts of the day."""
        choose(self.fields["who"], people(p for p in seen.people.values() if p.shift))
        choose(self.fields["post"], [(p.id, p.name) for p in seen.posts])
        return self


class PostForm(KeyedForm):
    """A post that must be manned."""

    prefix_of_ids = "post"
    rule = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = text("岗位名称", 40)
    kind = forms.ChoiceField(label="类型", choices=PostRule.Kind.choices)
    minimum = forms.IntegerField(label="至少几人在岗", min_value=1, max_value=50, initial=1)
    opens = hour("开门", required=False)
    closes = hour("关门", required=False, help_text="开门、关门都空着，就按本处的开放时间")


class ShiftKindForm(KeyedForm):
    """A shift of the roster."""

    prefix_of_ids = "kind"
    mark = text("代号", 4, help_text="排班表里写的字，例如 早")
    title = text("名称", 20, required=False)
    begins = hour("上班")
    ends = hour("下班", help_text="早于上班就是到第二天")
