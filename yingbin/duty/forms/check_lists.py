"""What the pages of check lists take in: a room, an item; nothing here saves."""

from collections.abc import Iterable

from django import forms

from yingbin.files.forms import PhotosField
from yingbin.pages.forms import KeyedForm, Typed, choose, text, whole
from yingbin.rules.checklists.terms import KINDS, Item, Section, Template, name_of

from ..actions.check_lists import PICTURE
from ..words import LINES

WEEKDAYS = [(str(n), f"周{day}") for n, day in enumerate("一二三四五六日")]
PLACES = [("", "每个岗位"), ("show_flat", "只在样板间"), ("sales_centre", "只在销售中心")]


class SectionForm(KeyedForm):
    """A room, or what is looked at together."""

    prefix_of_ids = "room"
    title = text("区域名称", 20, help_text="例如：厨房、沙盘区")
    at = forms.ChoiceField(label="在哪里看", choices=PLACES, required=False)

    def offer(self, posts: Iterable[tuple[str, str]]) -> "SectionForm":
        """The posts of the site besides."""
        choose(self.fields["at"], [*PLACES, *((i, f"只在{name}") for i, name in posts)])
        return self


class ItemForm(KeyedForm):
    """One item of a check list."""

    title = text("看什么", 30, help_text="写成做好的样子，例如：水阀已关")
    section = forms.ChoiceField(label="区域")
    kind = forms.ChoiceField(label="怎么填", choices=list(KINDS.items()), initial="tick")
    low = text("下限", 12, required=False)
    high = text("上限", 12, required=False)
    unit = text("单位", 8, required=False, help_text="例如：℃、件")
    choices = forms.CharField(
        label="选项", required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个",
    )  # fmt: skip
    good = forms.CharField(
        label="哪个算正常", required=False, max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="和选项写得一样，一行一个",
    )  # fmt: skip
    expected = whole(
        "应有几件", required=False, low=0, high=100000,
        error_messages={"invalid": "请填一个整数，例如 12。"},
    )  # fmt: skip
    same_as = forms.ChoiceField(label="和早上哪一项比", required=False)
    help = forms.CharField(
        label="怎么看", required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="给新人看的一句话：看哪里、什么算好",
    )  # fmt: skip
    picture = PhotosField(owner=PICTURE.id, label="正常的样子（一张图）")
    photo_if_failed = forms.BooleanField(label="不正常要拍照", required=False)
    may_be_na = forms.BooleanField(label="可以写不适用（要写原因）", required=False, initial=True)
    line = forms.ChoiceField(
        label="不正常时写", choices=[(k, LINES[k]) for k in ("repair", "slip")], initial="repair"
    )
    weekdays = forms.MultipleChoiceField(
        label="只在周几问", required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    rounds = text("只在第几次巡查问", 40, required=False, help_text="例如：1 5，不填就每次都问")

    def offer(self, check: str, template: Template, counted: Template) -> "ItemForm":
        """The rooms of the list; the counts of the opening check for a closing one."""
        choose(self.fields["section"], [(s.id, s.title) for s in template.sections])
        counts = [(i.id, name_of(s, i)) for s, i in counted.items() if i.kind == "count"]
        choose(self.fields["same_as"], [("", "不比"), *counts])
        if check != "closing":
            del self.fields["same_as"]
        if check != "round":
            del self.fields["rounds"]
        return self

    def clean_choices(self) -> list[str]:
        """One a line."""
        return _lines(self.cleaned_data["choices"])

    def clean_good(self) -> list[str]:
        """One a line."""
        return _lines(self.cleaned_data["good"])

    def clean_weekdays(self) -> list[int]:
        """Monday is 0."""
        return sorted(int(n) for n in self.cleaned_data["weekdays"])

    def clean_rounds(self) -> list[int]:
        """Numbers with anything between them."""
        parts = self.cleaned_data["rounds"].replace("，", " ").replace("、", " ").split()
        if not all(p.isascii() and p.isdecimal() and 0 < int(p) < 100 for p in parts):
            raise forms.ValidationError("写第几次巡查的数字，例如：1 5。")
        return sorted({int(p) for p in parts})

    def values(self) -> dict[str, object]:
        """What the item shall be; call after `is_valid`. What its kind doesn't ask for is left out."""
        told = dict(self.cleaned_data)
        kept = {n for n in told if n not in ("key", "section", "picture")}
        asks = {
            "number": {"low", "high"},
            "choice": {"choices", "good"},
            "count": {"expected", "same_as"},
        }
        for kind, names in asks.items():
            if told["kind"] != kind:
                kept -= names
        return {name: told[name] for name in sorted(kept)}


def _lines(text: str) -> list[str]:
    return [line.strip()[:40] for line in text.splitlines() if line.strip()]


def first_values(section: Section, item: Item | None) -> Typed:
    """What the form of an item begins with."""
    if item is None:
        return {"section": section.id}
    told: dict[str, object] = {f: getattr(item, f) for f in _PLAIN}
    told |= {
        "section": section.id,
        "choices": "\n".join(item.choices),
        "good": "\n".join(item.good),
    }
    told |= {"weekdays": [str(n) for n in item.weekdays]}
    return told | {"rounds": " ".join(map(str, item.rounds))}


_PLAIN = (
    "title", "kind", "low", "high", "unit", "expected", "same_as", "help", "photo_if_failed",
    "may_be_na", "line",
)  # fmt: skip
