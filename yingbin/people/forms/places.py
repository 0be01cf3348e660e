"""The company, its sites, delegations and the working calendar, parsed; nothing here saves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypedDict

from django import forms
from django.forms import BoundField
from django.utils import timezone

from yingbin.pages.forms import (
    Cleaned,
    KeyedForm,
    Typed,
    choose,
    date_box,
    password,
    phone,
    same_twice,
    text,
)
from yingbin.rules.calendar import Window

from ..models import SiteKind

WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
# What a site of each kind usually has; the first run proposes them.
USUAL_POSTS = {
    SiteKind.SALES_CENTRE: ["前台", "洽谈区", "大门岗", "吧台"],
    SiteKind.SHOW_FLAT: ["样板间", "大门岗", "停车场"],
    SiteKind.MANAGEMENT_OFFICE: ["客服前台", "治安岗"],
    SiteKind.HEADQUARTERS: ["总部前台", "大门岗"],
}
USUAL_DEPARTMENTS = {
    SiteKind.SALES_CENTRE: ["销售部", "基础部", "安全部"],
    SiteKind.SHOW_FLAT: ["基础部", "安全部"],
    SiteKind.MANAGEMENT_OFFICE: ["客服部", "工程部", "安全部"],
    SiteKind.HEADQUARTERS: ["接待部", "行政部", "安全部"],
}


class CompanyForm(KeyedForm):
    """The company."""

    name = text("公司名称", 80)
    managers_need_second_factor = forms.BooleanField(
        label="管理者登录时还要手机动态验证码（推荐）", required=False, initial=True
    )


class SetUpForm(CompanyForm):
    """The company, and the code that lets another machine set it up."""

    setup_code = text("设置码", 80, required=False, help_text="启动程序的人设的，本机打开不用填。")


class AdministratorForm(KeyedForm):
    """The first administrator, with a password of their own."""

    name = text("您的姓名")
    phone = phone()
    account = text("账号", help_text="登录用，字母和数字，例如 gubei。")
    new = password("密码", new=True)
    again = password("再输一次密码", new=True)

    def clean(self) -> Cleaned:
        """Both passwords must be the same."""
        return same_twice(self, super().clean(), "new")


class SiteWords(TypedDict):
    """A new site as somebody typed it."""

    kind: str
    name: str
    short_name: str
    code: str


class SiteForm(KeyedForm):
    """A site of the company."""

    prefix_of_ids = "site"

    kind = forms.ChoiceField(label="类型", choices=SiteKind.choices)
    name = text("项目名称", 80, widget=forms.TextInput(attrs={"placeholder": "湖畔雅居销售中心"}))
    short_name = text("简称", 16, required=False, help_text="显示在页面左上角，例如 湖畔雅居。")
    code = forms.RegexField(
        r"^[a-z0-9-]{2,32}$",
        label="代号",
        required=False,
        help_text="小写字母和数字，不填就按名称生成；导入表格时用得到。",
        error_messages={"invalid": "代号只能用 2–32 个小写字母、数字和 -。"},
    )

    def site(self) -> SiteWords:
        """What is said of the site, once the form is valid."""
        told = self.cleaned_data
        return SiteWords(
            kind=told["kind"], name=told["name"], short_name=told["short_name"], code=told["code"]
        )


class PlaceForm(KeyedForm):
    """A site's names."""

    name = text("项目名称", 80)
    short_name = text("简称", 16)
    keeps_public_holidays = forms.BooleanField(label="按国家节假日放假", required=False)


class PostForm(KeyedForm):
    """One more post."""

    prefix_of_ids = "post"
    name = text("再加一个岗位")
    must_be_covered = forms.BooleanField(label="这个岗位始终要有人", required=False)


class DepartmentForm(KeyedForm):
    """One more department."""

    prefix_of_ids = "department"
    name = text("再加一个部门")


class PostsForm(KeyedForm):
    """The posts and departments of the first site: the usual ones ticked, others a line each."""

    posts = forms.MultipleChoiceField(
        label="岗位", required=False, widget=forms.CheckboxSelectMultiple
    )
    more_posts = forms.CharField(
        label="其他岗位",
        required=False,
        max_length=600,
        help_text="一行一个。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    departments = forms.MultipleChoiceField(
        label="部门", required=False, widget=forms.CheckboxSelectMultiple
    )
    more_departments = forms.CharField(
        label="其他部门",
        required=False,
        max_length=600,
        help_text="一行一个。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Typed | None = None, *, kind: str) -> None:
        super().__init__(data)
        for name, usual in (("posts", USUAL_POSTS), ("departments", USUAL_DEPARTMENTS)):
            words = usual.get(SiteKind(kind), [])
            choose(self.fields[name], [(w, w) for w in words])
            self.fields[name].initial = words

    def all_of(self, name: str) -> list[str]:
        """The ticked ones and those written below them."""
        more = self.cleaned_data[f"more_{name}"].splitlines()
        return [*self.cleaned_data[name], *more]


class DelegationForm(KeyedForm):
    """TQ-11: to whom, until when, why."""

    to = forms.ChoiceField(label="授权给")
    until = forms.DateTimeField(
        label="到什么时候",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "请选择日期和时间。"},
    )
    reason = text(
        "原因", 200, widget=forms.TextInput(attrs={"placeholder": "例如：去总部开会，下午代管"})
    )

    def __init__(
        self,
        data: Typed | None = None,
        *,
        people: list[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.people = people
        choose(self.fields["to"], [("", "请选择"), *people])


class ExceptionForm(KeyedForm):
    """A day on which the site departs from the calendar."""

    day = forms.DateField(
        label="日期",
        widget=date_box(),
        error_messages={"invalid": "请选择日期。"},
    )
    works = forms.ChoiceField(label="这一天", choices=[("no", "不开放"), ("yes", "照常开放")])
    name = text("说明", required=False)


class HoursForm(KeyedForm):
    """The week's opening hours: a tick and two times for each weekday, and the break over lunch."""

    def __init__(
        self, data: Typed | None = None, *, initial: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        box = {"type": "time"}
        for n, word in enumerate(WEEKDAYS):
            self.fields[f"open_{n}"] = forms.BooleanField(label=word, required=False)
            for side, label in (("opens", "开始"), ("closes", "结束")):
                self.fields[f"{side}_{n}"] = forms.TimeField(
                    label=f"{word}{label}",
                    required=False,
                    widget=forms.TimeInput(attrs=box, format="%H:%M"),
                    error_messages={"invalid": f"{word}的时间请填成 09:00 这样。"},
                )
        for name, label in (("break_from", "午休开始"), ("break_until", "午休结束")):
            self.fields[name] = forms.TimeField(
                label=label,
                required=False,
                widget=forms.TimeInput(attrs=box, format="%H:%M"),
                error_messages={"invalid": "午休的时间请填成 12:00 这样。"},
            )

    def clean(self) -> Cleaned:
        """An open day needs both times."""
        told: Cleaned = super().clean() or {}
        for n, word in enumerate(WEEKDAYS):
            if told.get(f"open_{n}") and not (told.get(f"opens_{n}") and told.get(f"closes_{n}")):
                missing = "closes" if told.get(f"opens_{n}") else "opens"
                self.add_error(f"{missing}_{n}", f"{word}要填开始和结束时间。")
        rests, goes_on = told.get("break_from"), told.get("break_until")
        if bool(rests) != bool(goes_on) or (rests and goes_on and rests >= goes_on):
            self.add_error("break_from", "午休要填开始和结束，结束晚于开始；不休息就都留空。")
        return told

    def hours(self) -> dict[int, tuple[Window, ...]]:
        """The open weekdays with their windows: two where the break lies inside the day."""
        return {n: self._windows(n) for n in range(7) if self.cleaned_data.get(f"open_{n}")}

    def _windows(self, weekday: int) -> tuple[Window, ...]:
        told = self.cleaned_data
        opens, closes = told[f"opens_{weekday}"], told[f"closes_{weekday}"]
        rests, goes_on = told.get("break_from"), told.get("break_until")
        if rests and goes_on and opens < rests and goes_on < closes:
            return (opens, rests), (goes_on, closes)
        return ((opens, closes),)

    def days(self) -> list[dict[str, str | BoundField]]:
        """The rows of the form, for the template."""
        return [
            {
                "word": word,
                "open": self[f"open_{n}"],
                "opens": self[f"opens_{n}"],
                "closes": self[f"closes_{n}"],
            }
            for n, word in enumerate(WEEKDAYS)
        ]


def this_evening() -> datetime:
    """The usual end of a delegation: today at closing, or in two hours when that is past."""
    now = timezone.localtime()
    evening = now.replace(hour=18, minute=0, second=0, microsecond=0)
    return evening if evening > now else now.replace(second=0, microsecond=0) + timedelta(hours=2)
