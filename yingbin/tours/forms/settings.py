"""参观规定: which department decides which area, rooms, who speaks for the company; the figures of a pack."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.forms import BoundField

from yingbin.pages.forms import Cleaned, KeyedForm, Typed, choose, date_box, text, whole
from yingbin.people.policy_rows import Plain
from yingbin.rules.gate.gatefile import AREAS
from yingbin.rules.tours.pack import CLASSES, MOST, Pack

from ..company import PACK_WORDS, TourCompany
from ..words import AREA_WORDS, CLASS_WORDS

_LINES = {"rows": 3}
VISITORS_READ = ("directions", "directions_en", "bring", "bring_en")


def _reason() -> forms.CharField:
    return text("为什么改", 200)


def _said(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=500, widget=forms.Textarea(attrs=_LINES), help_text=help_text,
        error_messages={"max_length": f"{label}最多写 500 个字。"},
    )  # fmt: skip


class CompanyForm(KeyedForm):
    """Nine areas, rooms one a line, leaders by name."""

    rooms = forms.CharField(
        label="接待的房间", required=False, max_length=2000, widget=forms.Textarea(attrs=_LINES),
        help_text="一行一间，名称和能坐的人数，例如：一号会客室 12",
    )  # fmt: skip
    approvers = forms.MultipleChoiceField(
        label="公司批示人", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="一个也不选，就是每位公司领导。",
    )  # fmt: skip
    seniors = forms.MultipleChoiceField(
        label="能陪同的高层", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="一个也不选，就是每位公司领导。",
    )  # fmt: skip
    souvenirs = whole("一共领过多少份纪念品", 0, 100_000, help_text="送出的自动减去。")
    circles = forms.CharField(
        label="要错开的行业", required=False, max_length=1000, widget=forms.Textarea(attrs=_LINES),
        help_text="一行一个。同一行业的两家公司不会同时看同一个区域。",
    )  # fmt: skip
    directions = _said(
        "怎么来",
        "写在客人的确认页上，例如：东门进，大巴停南停车场；地铁 2 号线湖畔站 B 口出，步行五分钟。",
    )
    directions_en = _said("怎么来（英文）", "没有写，英文页上就显示中文的。")
    bring = _said("带什么", "没有写，就是请带身份证件、提前十分钟到门岗。")
    bring_en = _said("带什么（英文）", "没有写，就是同一句话的英文。")
    reason = _reason()

    def __init__(
        self,
        data: Typed | None = None,
        *,
        departments: Iterable[tuple[str, str]],
        leaders: Iterable[tuple[str, str]],
        chosen: TourCompany,
    ) -> None:
        super().__init__(data, initial=_initial(chosen))
        self.own = own = [("", "没有这个区域"), *departments]
        for name in AREAS:
            self.fields[f"{name}_department"] = forms.ChoiceField(
                label="谁答复", required=False, choices=own
            )
            self.fields[f"{name}_capacity"] = whole("同时最多", 1, 100_000, required=False)
            self.fields[f"{name}_key"] = forms.BooleanField(label="关键生产区", required=False)
            self.fields[f"{name}_closed"] = forms.MultipleChoiceField(
                label="不对谁开放", required=False, choices=list(CLASS_WORDS.items()),
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        people = list(leaders)
        choose(self.fields["approvers"], people)
        choose(self.fields["seniors"], people)

    def clean_rooms(self) -> list[dict[str, str | int]]:
        """Each line a name and a number."""
        found: list[dict[str, str | int]] = []
        for line in str(self.cleaned_data["rooms"]).splitlines():
            name, seats = (*line.strip().rsplit(None, 1), "", "")[:2]
            if not name:
                continue
            if not (seats.isdecimal() and 0 < int(seats) <= MOST):
                raise forms.ValidationError(
                    f"「{line.strip()[:20]}」没有读懂。请写成：一号会客室 12"
                )
            found.append({"room": name[:40], "capacity": int(seats)})
        return found

    def values(self) -> Plain:
        """As the policy keeps them; call after `is_valid`."""
        told = self.cleaned_data
        areas = {name: self._area(told, name) for name in AREAS if told[f"{name}_department"]}
        circles = dict.fromkeys(one.strip()[:20] for one in told["circles"].splitlines())
        return {
            "areas": areas,
            "rooms": told["rooms"],
            "approvers": told["approvers"],
            "seniors": told["seniors"],
            "souvenirs": told["souvenirs"],
            "circles": [one for one in circles if one],
            **{name: told[name].strip() for name in VISITORS_READ},
        }

    @staticmethod
    def _area(told: Cleaned, name: str) -> Plain:
        return {
            "department": told[f"{name}_department"],
            "capacity": told[f"{name}_capacity"],
            "key": told[f"{name}_key"],
            "closed_to": told[f"{name}_closed"],
        }

    def rows(self) -> list[tuple[str | BoundField, ...]]:
        """Each area: its name, what is chosen in a few words, its four fields."""
        parts = ("department", "capacity", "key", "closed")
        return [
            (AREA_WORDS[n], self._said(n), *(self[f"{n}_{part}"] for part in parts)) for n in AREAS
        ]

    def _said(self, name: str) -> str:
        chosen = str(self[f"{name}_department"].value() or "")
        capacity = self[f"{name}_capacity"].value()
        own = next((label for value, label in self.own if value == chosen), "")
        most = f"，最多 {capacity} 人" if capacity and chosen else ""
        return f"{own}{most}{'，关键生产区' if self[f'{name}_key'].value() else ''}"


def _initial(chosen: TourCompany) -> dict[str, object]:
    told: dict[str, object] = {
        "rooms": "\n".join(f"{one.room} {one.capacity}" for one in chosen.rooms),
        "approvers": list(chosen.approvers),
        "seniors": list(chosen.seniors),
        "souvenirs": chosen.souvenirs,
        "circles": "\n".join(chosen.circles),
        **{name: getattr(chosen, name) for name in VISITORS_READ},
    }
    for name, one in chosen.areas.items():
        told |= {
            f"{name}_department": one.department, f"{name}_capacity": one.capacity,
            f"{name}_key": one.key, f"{name}_closed": list(one.closed_to),
        }  # fmt: skip
    return told


_EFFECTS = [("decline", "谢绝，批示人可以特批"), ("exception", "要批示人特批")]
_NUMBERS = {
    "general_min": ("一般客户至少几人才接待", 0),
    "room_buffer": ("同一房间两批之间隔几分钟", 0),
    "rival_buffer": ("同行两批之间隔几分钟", 0),
    "window_slack": ("改期多少分钟以内不用重新问", 0),
    "area_hours": ("部门几小时内答复", 0),
    "company_hours": ("公司几小时内批示", 0),
}


class PackForm(KeyedForm):
    """The figures of a version of the rules, from a day on."""

    base = forms.ChoiceField(label="从哪个规则包改", choices=list(PACK_WORDS.items()))
    since = forms.DateField(
        label="从哪天起", widget=date_box(),
        error_messages={"invalid": "日期请按 2026-11-30 这样填。"},
    )  # fmt: skip
    days = forms.ChoiceField(
        label="提前几天怎么数", choices=[("calendar", "自然日"), ("working", "工作日")]
    )
    small_group = forms.ChoiceField(label="人数不够的一般客户", choices=_EFFECTS)
    late = forms.ChoiceField(label="申请晚了的", choices=_EFFECTS)
    capacity = forms.ChoiceField(
        label="区域人数满了", choices=[("stop", "不能同意"), ("warn", "提醒，可以分批")]
    )
    souvenirs = forms.ChoiceField(
        label="纪念品", choices=[("group", "一批一份"), ("person", "一人一份")]
    )
    company_approval = forms.MultipleChoiceField(
        label="要公司批示的", required=False, choices=list(CLASS_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = _reason()

    def __init__(self, data: Typed | None = None, *, pack: Pack, since: date, base: str) -> None:
        told: dict[str, object] = {name: getattr(pack, name) for name in _NUMBERS}
        told |= {name: getattr(pack, name) for name in ("days", "capacity", "souvenirs")}
        told |= {f"lead_{klass}": pack.lead_days[klass] for klass in CLASSES}
        told |= dict(pack.grounds) | {"since": since, "base": base}
        told["company_approval"] = list(pack.company_approval)
        super().__init__(data, initial=told)
        for name, (label, low) in _NUMBERS.items():
            self.fields[name] = whole(label, low, 100_000)
        for klass in CLASSES:
            self.fields[f"lead_{klass}"] = whole(f"{CLASS_WORDS[klass]}提前几天", 0, 365)

    def figures(self) -> list[BoundField]:
        """The numbers, in order."""
        return [self[name] for name in (*(f"lead_{k}" for k in CLASSES), *_NUMBERS)]

    def values(self, base: Mapping[str, object]) -> Plain:
        """The pack's values over those of its base; call after `is_valid`."""
        told = self.cleaned_data
        simple = {name: told[name] for name in (*_NUMBERS, "days", "capacity", "souvenirs")}
        return {
            **base,
            **simple,
            "lead_days": {klass: told[f"lead_{klass}"] for klass in CLASSES},
            "grounds": {"small_group": told["small_group"], "late": told["late"]},
            "company_approval": told["company_approval"],
        }
