"""What the page of a visit's preparation takes in: analysis, rehearsal, companions, direction, meal, route; nothing saves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django import forms

from yingbin.journal.action import Deed
from yingbin.pages.forms import KeyedForm, Typed, choose, date_box, decimal, text, whole
from yingbin.people.calendar import ZONE

from .. import hosting_rules
from ..actions import companions, meals, preparing
from ..actions.hosted import LONGEST
from ..actions.preparing import Prepared
from ..hosting import Stop
from ..hosting_rules import Table
from ..words import SERVES

SERVED = ("pastries", "coffee", "cold_drinks", "other")
People = list[tuple[str, str]]


@dataclass(frozen=True)
class Offers:
    """What the forms of a visit may offer. day: of the visit; diet: as the guests asked for it."""

    day: date
    headcount: int
    seniors: People = field(default_factory=list)
    leaders: People = field(default_factory=list)
    diet: str = ""
    now: datetime | None = None


def _words(label: str, *, required: bool = True, rows: int = 3, help: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label}最多写 {LONGEST} 个字。"},
    )  # fmt: skip


def _day(label: str) -> forms.DateField:
    said = {"invalid": "日期请按 2026-11-30 这样填。"}
    return forms.DateField(label=label, widget=date_box(), error_messages=said)


def _time(label: str) -> forms.TimeField:
    box = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    said = {"invalid": "时间请按 09:30 这样填。"}
    return forms.TimeField(label=label, widget=box, error_messages=said)


class PreparingForm(KeyedForm):
    """One fact of a visit's preparation; the ids of its fields begin with what it is."""

    def __init__(
        self,
        data: Typed | None = None,
        *,
        offers: Offers,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.offer(offers)

    def offer(self, offers: Offers) -> None:
        """Choices and what stands in the fields first."""

    def deed(self, visit_id: UUID) -> Deed[Prepared]:
        """What it asks for; call after `is_valid`."""
        raise NotImplementedError


class AnalysisForm(PreparingForm):
    """来宾分析."""

    prefix_of_ids = "analysis"
    aims = _words("来宾为什么来、想达成什么")
    needs = _words("想看什么、需要什么")
    care = _words("接待时要注意的", required=False, rows=2)

    def deed(self, visit_id: UUID) -> Deed[Prepared]:
        """The analysis in another version."""
        told = {name: str(self.cleaned_data[name]) for name in ("aims", "needs", "care")}
        return preparing.analyse.given(visit_id=visit_id, **told)


class RehearsalForm(PreparingForm):
    """预演签认."""

    prefix_of_ids = "rehearsal"
    day, time = _day("哪天预演的"), _time("几点")
    passed = forms.ChoiceField(
        label="结果", choices=[("yes", "可以，签认"), ("no", "要改，改好再演")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    mend = _words("要改什么", required=False, rows=2, help="签认的也可以写提醒。")

    def offer(self, offers: Offers) -> None:
        """Now, unless said otherwise."""
        if offers.now is not None:
            here = offers.now.astimezone(ZONE)
            self.initial = {"day": here.date(), "time": here.time(), **self.initial}

    def deed(self, visit_id: UUID) -> Deed[Prepared]:
        """The rehearsal, signed off or not."""
        told = self.cleaned_data
        return preparing.sign_rehearsal.given(
            visit_id=visit_id,
            held_at=datetime.combine(told["day"], told["time"], ZONE),
            passed=told["passed"] == "yes",
            mend=told["mend"],
        )


class AskForm(PreparingForm):
    """请领导陪同."""

    prefix_of_ids = "ask"
    who = forms.ChoiceField(label="请哪位领导")

    def offer(self, offers: Offers) -> None:
        """Those who may accompany."""
        choose(self.fields["who"], [("", "请选择"), *offers.seniors])

    def deed(self, visit_id: UUID) -> Deed[Prepared]:
        """Asks them."""
        return companions.ask_companion.given(visit_id=visit_id, who=UUID(self.cleaned_data["who"]))


class DirectionForm(PreparingForm):
    """公司指示的茶点."""

    prefix_of_ids = "direction"
    serve = forms.ChoiceField(label="准备什么", choices=[(one, SERVES[one]) for one in SERVED])
    directed_by = forms.ChoiceField(label="哪位领导指示的")
    said = _words("怎么说的", required=False, rows=2, help="例如：咖啡不加糖，再备两份无麸质点心。")

    def offer(self, offers: Offers) -> None:
        """The company's leaders."""
        choose(self.fields["directed_by"], [("", "请选择"), *offers.leaders])

    def deed(self, visit_id: UUID) -> Deed[Prepared]:
        """Writes it down."""
        told = self.cleaned_data
        leader = UUID(told["directed_by"])
        return preparing.direct.given(
            visit_id=visit_id, serve=told["serve"], directed_by=leader, said=told["said"]
        )


class MealForm(PreparingForm):
    """宴请."""

    prefix_of_ids = "meal"
    time = _time("几点用餐")
    place = text("在哪里", 60)
    guests = whole("客人几位", 1, 2000)
    ours = whole("我方几位", 1, 2000)
    per_head = decimal(
        "每位多少元", "每位的费用请填 0.01 到 10,000 元之间的数。", low="0.01", high="10000",
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "min": "0"}),
    )  # fmt: skip
    diet = _words("饮食要求", required=False, rows=2)
    note = _words("另外", required=False, rows=2)

    def offer(self, offers: Offers) -> None:
        """A seat for each guest, their diet as they asked for it."""
        self.day = offers.day
        self.initial = {"guests": offers.headcount, "diet": offers.diet, **self.initial}
        self.fields["guests"].help_text = f"批准来访 {offers.headcount} 人。"

    def deed(self, visit_id: UUID) -> Deed[Prepared]:
        """Books the table."""
        told = self.cleaned_data
        fen = int(Decimal(told["per_head"]) * 100)
        at = datetime.combine(self.day, told["time"], ZONE)
        table = Table(
            at, told["guests"], told["ours"], fen, told["place"], told["diet"], told["note"]
        )
        return meals.book_meal.given(visit_id=visit_id, table=table)


class StopForm(KeyedForm):
    """A part of the way: where, how long, who explains. n: which of the parts; version: of the way that was looked at; asks: what
    must be told, nothing where a part is only moved."""

    prefix_of_ids = "stop"
    version = whole("版本", 0, 1_000_000, widget=forms.HiddenInput)
    n = whole("第几段", 0, 1000, widget=forms.HiddenInput, required=False)
    area = forms.ChoiceField(label="去哪里", required=False)
    minutes = whole("几分钟", hosting_rules.SHORTEST, hosting_rules.LONGEST, required=False)
    who = forms.ChoiceField(label="谁讲解", required=False)

    def __init__(
        self,
        data: Typed | None = None,
        *,
        areas: People,
        people: People,
        initial: Mapping[str, object] | None = None,
        which: str = "new",
        asks: tuple[str, ...] = ("area", "minutes"),
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"stop-{which}-%s")
        for name in asks:
            self.fields[name].required = True
        choose(self.fields["area"], [("", "请选择"), *areas])
        choose(self.fields["who"], [("", "讲解员"), *people])

    @property
    def stop(self) -> Stop:
        """What it says; call after `is_valid`."""
        told = self.cleaned_data
        return Stop(told["area"], told["minutes"] or 0, told["who"])


class AnswerForm(KeyedForm):
    """A leader's answer, on their phone."""

    answer = forms.ChoiceField(
        label="能陪同吗", choices=[("confirmed", "能陪同"), ("declined", "没空")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = text("没空的原因", 200, required=False)
    deputy = forms.ChoiceField(label="推荐谁代替", required=False)

    def __init__(self, data: Typed | None = None, *, others: People) -> None:
        super().__init__(data)
        choose(self.fields["deputy"], [("", "不推荐"), *others])

    def deed(self, visit_id: UUID, ask: int) -> Deed[Prepared]:
        """The answer; call after `is_valid`."""
        told = self.cleaned_data
        deputy = UUID(told["deputy"]) if told["deputy"] else None
        return companions.answer_companion.given(
            visit_id=visit_id, ask=ask, answer=told["answer"], reason=told["reason"], deputy=deputy
        )


# Each by the task of the plan that it completes.
FORMS: Mapping[str, Callable[..., PreparingForm]] = {
    "analysis": AnalysisForm,
    "rehearsal": RehearsalForm,
    "senior": AskForm,
    "direction": DirectionForm,
    "meal": MealForm,
}
SAID = {
    "analysis": "分析记下了，陪同的领导和有关部门都能看到。",
    "rehearsal": "预演记下了。",
    "senior": "已经请了，答复了会告诉您。",
    "direction": "指示记下了。",
    "meal": "用餐记下了。",
}
