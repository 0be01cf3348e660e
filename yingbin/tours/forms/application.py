"""预约访问申请表: what a visitor or a colleague fills in, and an edit of it; parsed and checked, nothing saved."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from django import forms

from yingbin.customers.numbers import fault
from yingbin.pages.forms import (
    Cleaned,
    KeyedForm,
    Typed,
    choose,
    date_box,
    digits,
    phone,
    text,
    whole,
)
from yingbin.people.calendar import ZONE

from ..actions.application import LONGEST, WORDS, Application
from ..phone_code import DIGITS
from ..words import MINORS_SAID, PURPOSES, RELATIONS, SENDERS
from .labels import AGREE, AREAS, CHOICES, ENGLISH, LEAVES_EARLY, NO_PHONE, REFUSALS, WRONG

MOST = 2000  # persons of one visit
MINORS = {"no": MINORS_SAID["no"], "yes": MINORS_SAID["yes"]}


def _words(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"{label}最多写 {LONGEST} 个字。"},
    )  # fmt: skip


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, widget=date_box(),
        error_messages={"invalid": "日期请按 2026-11-30 这样填。"},
    )  # fmt: skip


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时间请按 09:30 这样填。"},
    )  # fmt: skip


class WindowForm(KeyedForm):
    """When, how many, which areas."""

    day = _day("来访日期")
    start = _time("几点到")
    end = _time("几点离开")
    headcount = whole("人数", 1, MOST)
    areas = forms.MultipleChoiceField(
        label="想参观的区域", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Typed | None = None,
        *,
        areas: Iterable[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.offered, self.english = list(areas), False
        choose(self.fields["areas"], self.offered)

    def clean(self) -> Cleaned:
        """One leaves after one came."""
        told = super().clean() or {}
        if told.get("start") and told.get("end") and told["end"] <= told["start"]:
            self.add_error("end", LEAVES_EARLY if self.english else "离开的时间要在到达之后。")
        return told

    @property
    def window(self) -> tuple[datetime, datetime]:
        """From when until when; call after `is_valid`."""
        told = self.cleaned_data
        return _at(told["day"], told["start"]), _at(told["day"], told["end"])


class ChangeForm(WindowForm):
    """What a visitor may change of an application: when, how many, where, and what only people read."""

    purpose = _words("来访目的")
    wants = _words("想看什么")
    language = _words("需要的语言")
    diet = _words("饮食要求")
    access = _words("行动不便等需要")
    vehicles = _words("车牌号")
    cameras = _words("想带的拍照设备")
    minors = forms.ChoiceField(
        label="有没有未满 18 岁的", required=False, choices=list(MINORS.items())
    )
    trades: tuple[str, ...] = ()

    def refuse(self, sentence: str, field: str = "") -> None:
        """As everywhere; in English where the form is."""
        super().refuse(REFUSALS.get(sentence, sentence) if self.english else sentence, field)

    @property
    def words(self) -> dict[str, str]:
        """What only people read; call after `is_valid`."""
        return {name: self.cleaned_data[name] for name in WORDS}

    def in_english(self) -> None:
        """Labels, choices and what is wrong in English."""
        self.english = True
        for name, field in self.fields.items():
            label = ENGLISH.get(name, "")
            field.label = label if field.required else f"{label} (optional)"
            field.error_messages |= {key: said.format(label) for key, said in WRONG.items()}
            if isinstance(field, forms.ChoiceField) and name in CHOICES:
                field.choices = list(CHOICES[name].items())
        if "agreed" in self.fields:
            self.fields["agreed"].error_messages["required"] = AGREE
        choose(self.fields["areas"], [(name, AREAS[name]) for name, _ in self.offered])
        trade = self.fields.get("trade")
        if isinstance(trade, forms.ChoiceField):
            choose(trade, [("", "Other"), *((str(v), str(v)) for v in self.trades)])


class ApplicationForm(ChangeForm):
    """The whole application. departments: for whom a colleague may give a department's word."""

    visitor = text("来访单位", 80)
    contact = text("联系人", 40)
    phone = phone(required=True, label="联系电话")
    sender = forms.ChoiceField(label="您来自", choices=list(SENDERS.items()), initial="company")
    relation = forms.ChoiceField(
        label="和我们的往来", choices=list(RELATIONS.items()), initial="none"
    )
    aim = forms.ChoiceField(label="主要想", choices=list(PURPOSES.items()), initial="products")
    trade = forms.ChoiceField(label="所属行业", required=False)
    code = digits("短信验证码", low=DIGITS, high=DIGITS, code=True)
    terms = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    department = forms.ChoiceField(label="部门通知", required=False)
    agreed = forms.BooleanField(
        label="我已阅读并同意保密与安全须知",
        error_messages={"required": "请先阅读并同意保密与安全须知。"},
    )

    def __init__(
        self,
        data: Typed | None = None,
        *,
        areas: Iterable[tuple[str, str]],
        circles: Iterable[str] = (),
        departments: Iterable[tuple[str, str]] = (),
        public: bool = False,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, areas=areas, initial=initial)
        self.code_field = self.fields["code"]
        own, self.trades = list(departments), tuple(circles)
        choose(self.fields["trade"], [("", "其他"), *((one, one) for one in self.trades)])
        choose(self.fields["department"], [("", "不是，按客人的申请办"), *own])
        for name, gone in (
            ("trade", not self.trades),
            ("department", not own),
            ("agreed", not public),
            ("terms", not public),
            ("code", True),
        ):
            if gone:
                del self.fields[name]
        if not public:
            self.fields["phone"].required = False

    def ask_code(self) -> None:
        """The box for the code that was sent to the telephone; wrong or empty it is no fault of the form yet."""
        self.fields["code"] = self.code_field
        self.code_field.required = False

    def clean_phone(self) -> str:
        """What is wrong with a number is said at once, in the form's language."""
        text = str(self.cleaned_data["phone"]).strip()
        if text and (wrong := fault(text)):
            raise forms.ValidationError(NO_PHONE if self.english else wrong)
        return text

    def application(
        self, *, language: str = "zh", terms: str = "", key_digest: bytes = b""
    ) -> Application:
        """What was asked for; call after `is_valid`."""
        told = self.cleaned_data
        start, end = self.window
        answers = {"sender": told["sender"], "relation": told["relation"], "purpose": told["aim"]}
        return Application(
            told["visitor"].strip(), told["contact"].strip(), start, end, told["headcount"],
            tuple(told["areas"]), answers, told["phone"].strip(), told.get("department", ""),
            told.get("trade", ""), self.words, language, terms, key_digest,
        )  # fmt: skip


def _at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE)


def soon(now: datetime) -> dict[str, object]:
    """What a fresh form proposes: a week from today, ten to twelve."""
    day = (now.astimezone(ZONE) + timedelta(days=7)).date()
    return {"day": day, "start": time(10), "end": time(12)}
