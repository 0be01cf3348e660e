"""A list of guests as people type, paste or send it: one person a line, what belongs to them in whatever order.

周老师，13800138000，带队老师
李小禾，学生，监护人：李梅，尾号 1234
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from yingbin.pages.phones import masked, normalised

MOST = 2000  # lines of one list
LONGEST = {"name": 40, "role": 30, "care_of": 40}
_BETWEEN = re.compile(r"[,，;；、|\t]|\s{2,}")
_COUNTED = re.compile(r"^\s*\d{1,4}\s*[.．、)）]\s*")
_CARE = re.compile(
    r"^(?:监护人|家长|带队老师|老师|带队|guardian|parent|teacher)\s*(?:[:：]|\s)\s*(.+)$|^(?:监护人|家长)(.+)$",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"^(?:(?:证件|身份证)?(?:尾号|号)?|id|passport)\s*[:：]?\s*(?:\d{14}|[A-Za-z]{1,2}\d{3,5})?(\d{3}[\dXx])$",
    re.IGNORECASE,
)
# A number as pages show it; it stands for the one that is on the list already.
_HIDDEN = re.compile(r"^(?:\+\d{1,3} )?\d{0,3}\*{4}\d{2,4}$")
MINOR = frozenset(
    {"未成年", "未成年人", "未满18岁", "未满 18 岁", "minor", "under 18"}
)  # marks, no roles
PUPILS = frozenset({"学生", "小学生", "中学生", "儿童", "孩子", "pupil", "student", "child"})
ADULT = frozenset({"成年", "已成年", "adult"})


@dataclass(frozen=True)
class GuestLine:
    """One person. phone: E.164, or masked for a number that is on the list already. paper: the last four of an identity paper; care_of: who answers for a minor."""

    name: str
    phone: str = ""
    role: str = ""
    paper: str = ""
    minor: bool = False
    care_of: str = ""

    @property
    def hidden(self) -> str:
        """The telephone number as pages show it."""
        return masked(self.phone) if self.phone and "*" not in self.phone else self.phone

    @property
    def text(self) -> str:
        """As it is typed, the number masked: read again it says the same of who is on the list."""
        parts = (
            self.name,
            self.hidden,
            self.role,
            f"尾号 {self.paper}" if self.paper else "",
            "未成年" if self.minor else "成年" if self.role.casefold() in PUPILS else "",
            f"监护人：{self.care_of}" if self.care_of else "",
        )
        return "，".join(part for part in parts if part)


@dataclass
class Reading:
    """What was read: persons, and the faults as (line, code); codes have their words in `guest_words`."""

    guests: list[GuestLine] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def read_guests(text: str, care_of: str = "") -> Reading:
    """Each line a person. care_of: who answers for minors of whom no line says it."""
    told, seen = Reading(), set[GuestLine]()
    for number, line in enumerate(text.splitlines()[: MOST + 1], 1):
        if not line.strip():
            continue
        one = read_guest(line, care_of)
        faults = [*faults_of(one, line), *(["twice"] if one in seen else [])]
        seen.add(one)
        told.faults += [(number, code) for code in faults]
        told.guests.append(one)
    return told


def read_guest(line: str, care_of: str = "") -> GuestLine:
    """One line; what is no telephone, no paper, no guardian and no mark is what somebody is."""
    name, *rest = [part.strip() for part in _BETWEEN.split(_COUNTED.sub("", line.strip()))]
    phone = paper = own = ""
    roles, marks = [], set[str]()
    for part in filter(None, rest):
        word = part.casefold()
        if found := _PAPER.match(part):
            paper = found[1].upper()
        elif number := normalised(part) or (part if _HIDDEN.match(part) else None):
            phone = number
        elif found := _CARE.match(part):
            own = (found[1] or found[2]).strip()
        elif word in MINOR or word in ADULT:
            marks.add("minor" if word in MINOR else "adult")
        else:
            roles.append(part)
            marks |= {"pupil"} if word in PUPILS else set()
    minor = "minor" in marks or ("pupil" in marks and "adult" not in marks)
    whose = own or (care_of.strip() if minor else "")
    return GuestLine(name, phone, "、".join(roles), paper, minor, whose)


def faults_of(one: GuestLine, line: str = "") -> Iterable[str]:
    """What is wrong with a person, by code."""
    if not one.name:
        yield "no_name"
    yield from (f"long_{name}" for name, most in LONGEST.items() if len(getattr(one, name)) > most)
    if one.minor and not one.care_of:
        yield "no_care"
    if not one.phone and re.search(r"\d{7}", one.role):
        yield "phone"
