"""事项 as one form: of each its title, urgency, departments, who does it instead; then whether the departments bind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField

from yingbin.pages.forms import Cleaned, KeyedForm, Typed, text

from ..choices import DeskChoices
from ..subjects import OTHER, Topic
from .acts import Choices

BLANK = 3  # new ones at a time
NAMELESS = "请写名称。不要了就勾「不再用」。"


@dataclass(frozen=True)
class TopicRow:
    """The fields of one subject. topic: None for one that is new."""

    topic: Topic | None
    title: BoundField
    urgent: BoundField
    departments: BoundField
    instead: BoundField
    retired: BoundField | None
    wrong: bool
    served_by: tuple[str, ...]


class SubjectsForm(KeyedForm):
    """An office's subjects, the new ones below. Fields are named by the subject's key, which never changes.

    What is missing is said by the server: a browser says nothing of a field that lies folded, and sends nothing.
    """

    use_required_attribute = False
    scoped = forms.BooleanField(
        label="求助只派给上面勾选的部门", required=False,
        help_text="勾上以后，没有勾部门的事项就是这里不做的：前台马上告诉住户谁来做。",
    )  # fmt: skip
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = text("为什么改", 200)

    def __init__(
        self, data: Typed | None = None, *, chosen: DeskChoices, seen: str, departments: Choices
    ) -> None:
        super().__init__(data, initial={"scoped": chosen.scoped, "seen": seen})
        self.topics: Sequence[Topic] = chosen.subjects
        self.named = dict(departments)
        for one in self.topics:
            self._add(one.key, one, departments)
        for n in range(1, BLANK + 1):
            self._add(f"new_{n}", Topic("", ""), departments)

    def _add(self, name: str, one: Topic, departments: Choices) -> None:
        self.fields[f"title_{name}"] = text("名称", 20, required=bool(one.key))
        self.fields[f"title_{name}"].error_messages["required"] = NAMELESS
        self.fields[f"urgent_{name}"] = forms.BooleanField(label="求助时算紧急", required=False)
        self.fields[f"departments_{name}"] = forms.MultipleChoiceField(
            label="哪个部门办", required=False, choices=departments,
            error_messages={"invalid_choice": "这个部门已经没有了，请重新选。"},
        )  # fmt: skip
        self.fields[f"instead_{name}"] = text(
            "这里不做的，谁来做", 60, required=False, help_text="例如：供电公司，电话 95598"
        )
        if one.key and one.key != OTHER:
            self.fields[f"retired_{name}"] = forms.BooleanField(label="不再用", required=False)
        told = {
            "title": one.title, "urgent": one.urgent, "departments": list(one.departments), "instead": one.instead,
            "retired": one.retired,
        }  # fmt: skip
        self.initial.update({f"{field}_{name}": value for field, value in told.items()})

    def clean(self) -> Cleaned:
        """A new one without a title is none, so nothing else stands beside it."""
        told = super().clean() or {}
        for n in range(1, BLANK + 1):
            beside = [f"{field}_new_{n}" for field in ("urgent", "departments", "instead")]
            if not told.get(f"title_new_{n}") and any(told.get(name) for name in beside):
                self.add_error(f"title_new_{n}", "请写新事项的名称。")
        return told

    def drawn(self) -> tuple[Topic, ...]:
        """The subjects as they were filled in; a new one has no key yet."""
        return tuple(self._drawn())

    def _drawn(self) -> Iterator[Topic]:
        told = self.cleaned_data
        names = [(one.key, one.key) for one in self.topics]
        names += [(f"new_{n}", "") for n in range(1, BLANK + 1) if told[f"title_new_{n}"]]
        for name, key in names:
            yield Topic(
                key, told[f"title_{name}"], told[f"urgent_{name}"], tuple(told[f"departments_{name}"]),
                told[f"instead_{name}"], bool(told.get(f"retired_{name}")),
            )  # fmt: skip

    @property
    def rows(self) -> list[TopicRow]:
        """The subjects that are in use, then those that aren't any more."""
        rows = [self._row(one.key, one) for one in self.topics]
        return sorted(rows, key=lambda row: bool(row.topic and row.topic.retired))

    @property
    def new_rows(self) -> list[TopicRow]:
        """Room for new ones."""
        return [self._row(f"new_{n}", None) for n in range(1, BLANK + 1)]

    def _row(self, name: str, topic: Topic | None) -> TopicRow:
        fields = ("title", "urgent", "departments", "instead", "retired")
        bound = {
            field: self[f"{field}_{name}"] for field in fields if f"{field}_{name}" in self.fields
        }
        return TopicRow(
            topic, bound["title"], bound["urgent"], bound["departments"], bound["instead"], bound.get("retired"),
            any(one.errors for one in bound.values()),
            tuple(self.named[one] for one in (topic.departments if topic else ()) if one in self.named),
        )  # fmt: skip
