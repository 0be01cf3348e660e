"""技能与班次 as forms: one worker's skills and hours; the office's words for skills."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.forms import BoundField

from yingbin.pages.forms import Cleaned, KeyedForm, Typed, text

from ..crew import EVERY_DAY, WEEKDAYS, Crew, Hours, Skill, Worker
from ..subjects import Topic

BLANK = 3  # new skills at a time
NAMELESS = "请写名称。不要了就勾「不再用」。"
USUAL = "按现在的安排"


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, error_messages={"invalid": f"{label}请写成 07:00 这样。"},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )  # fmt: skip


class WorkerForm(KeyedForm):
    """What one worker can do, and the hours of their week; without hours a roster says it, or nobody."""

    skills = forms.MultipleChoiceField(
        label="会什么", required=False, error_messages={"invalid_choice": "这个工种已经不用了，请重新勾选。"}
    )  # fmt: skip
    title = text("班名", 6, required=False, help_text="例如早班，可以不写")
    begins = _clock("上班")
    ends = _clock("下班")
    days = forms.MultipleChoiceField(
        label="哪几天上班", required=False,
        choices=[(str(n), day) for n, day in enumerate(WEEKDAYS)],
    )  # fmt: skip
    reason = text("为什么改", 200)
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, data: Typed | None = None, *, crew: Crew, worker: Worker | None, seen: str
    ) -> None:
        hours = worker.hours if worker else None
        super().__init__(data, initial={
            "skills": list(worker.skills) if worker else [], "title": hours.title if hours else "",
            "begins": hours.begins if hours else None, "ends": hours.ends if hours else None,
            "days": list(map(str, hours.days if hours else EVERY_DAY)), "reason": USUAL, "seen": seen,
        })  # fmt: skip
        skills = self.fields["skills"]
        assert isinstance(skills, forms.MultipleChoiceField)
        skills.choices = [(one.key, one.title) for one in crew.offered]

    def clean(self) -> Cleaned:
        """Hours have two ends and a day."""
        told = super().clean() or {}
        begins, ends = told.get("begins"), told.get("ends")
        if (begins is None) != (ends is None) and not {"begins", "ends"} & set(self.errors):
            self.add_error("ends" if begins else "begins", "上班和下班要都写，或者都留空。")
        if begins and ends and not told.get("days"):
            self.add_error("days", "请勾上哪几天上班；不固定的，上班时间留空。")
        return told

    def worker(self, who: UUID) -> Worker:
        """What was filled in."""
        told = self.cleaned_data
        hours = None
        if told["begins"] is not None:
            days = tuple(sorted(map(int, told["days"])))
            hours = Hours(told["begins"], told["ends"], told["title"], days)
        return Worker(who, tuple(told["skills"]), hours)


@dataclass(frozen=True)
class SkillRow:
    """The fields of one skill. skill: None for one that is new."""

    skill: Skill | None
    title: BoundField
    subjects: BoundField
    retired: BoundField | None
    wrong: bool
    asked_by: tuple[str, ...]


class SkillsForm(KeyedForm):
    """An office's words for skills, each with the subjects that ask for it; the new ones below.

    What is missing is said by the server: a browser says nothing of a field that lies folded, and sends nothing.
    """

    use_required_attribute = False
    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = text("为什么改", 200)

    def __init__(
        self, data: Typed | None = None, *, crew: Crew, topics: Sequence[Topic], seen: str
    ) -> None:
        super().__init__(data, initial={"seen": seen, "reason": USUAL})
        self.skills = crew.skills
        self.named = {one.key: one.title for one in topics}
        for one in self.skills:
            self._add(one.key, one)
        for n in range(1, BLANK + 1):
            self._add(f"new_{n}", Skill("", ""))

    def _add(self, name: str, one: Skill) -> None:
        self.fields[f"title_{name}"] = text("名称", 10, required=bool(one.key))
        self.fields[f"title_{name}"].error_messages["required"] = NAMELESS
        self.fields[f"subjects_{name}"] = forms.MultipleChoiceField(
            label="哪些事项要会它", required=False, choices=list(self.named.items()),
            error_messages={"invalid_choice": "这个事项已经不用了，请重新选。"},
        )  # fmt: skip
        if one.key:
            self.fields[f"retired_{name}"] = forms.BooleanField(label="不再用", required=False)
        known = [key for key in one.subjects if key in self.named]
        told = {"title": one.title, "subjects": known, "retired": one.retired}
        self.initial.update({f"{field}_{name}": value for field, value in told.items()})

    def clean(self) -> Cleaned:
        """A new one without a title is none, so no subject asks for it."""
        told = super().clean() or {}
        for n in range(1, BLANK + 1):
            if told.get(f"subjects_new_{n}") and not told.get(f"title_new_{n}"):
                self.add_error(f"title_new_{n}", "请写新工种的名称。")
        return told

    def drawn(self) -> tuple[Skill, ...]:
        """The skills as they were filled in; a new one has no key yet."""
        return tuple(self._drawn())

    def _drawn(self) -> Iterator[Skill]:
        told = self.cleaned_data
        names = [(one.key, one.key) for one in self.skills]
        names += [(f"new_{n}", "") for n in range(1, BLANK + 1) if told[f"title_new_{n}"]]
        for name, key in names:
            subjects = tuple(told[f"subjects_{name}"])
            yield Skill(key, told[f"title_{name}"], subjects, bool(told.get(f"retired_{name}")))

    @property
    def rows(self) -> list[SkillRow]:
        """The skills in use, then those that aren't any more."""
        rows = [self._row(one.key, one) for one in self.skills]
        return sorted(rows, key=lambda row: bool(row.skill and row.skill.retired))

    @property
    def new_rows(self) -> list[SkillRow]:
        """Room for new ones."""
        return [self._row(f"new_{n}", None) for n in range(1, BLANK + 1)]

    def _row(self, name: str, skill: Skill | None) -> SkillRow:
        fields = [f"{field}_{name}" for field in ("title", "subjects", "retired")]
        bound = [self[field] if field in self.fields else None for field in fields]
        title, subjects, retired = bound
        assert title is not None
        assert subjects is not None
        asked = tuple(self.named[key] for key in (skill.subjects if skill else ()) if key in self.named)  # fmt: skip
        wrong = any(one.errors for one in bound if one is not None)
        return SkillRow(skill, title, subjects, retired, wrong, asked)
