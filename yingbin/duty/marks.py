"""How a day of the roster is written in one cell: 早, 休, or 早/水吧 where the post isn't the person's usual one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from yingbin.tables.grid import folded

REST = "休"
# What people write for a day off; whether it is leave stands in the request for it.
RESTS = (
    "休",
    "休息",
    "例休",
    "公休",
    "轮休",
    "调休",
    "假",
    "年假",
    "事假",
    "病假",
    "off",
    "-",
    "—",
    "/",
    "x",
    "×",
)
_PARTS = " /·.@_-（）()"


class Illegible(Exception):
    """What stands in a cell can't be read; the message says what can."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Meant:
    """What a cell says: a shift (None: 休) and a post (None: none, or the usual one)."""

    shift: UUID | None
    post: UUID | None


@dataclass(frozen=True)
class Marks:
    """The shifts of a site by their marks and its posts by their names; one post alone is never written."""

    shifts: Mapping[str, UUID]
    posts: Mapping[str, UUID]

    @property
    def legend(self) -> str:
        """What can be written, for a refusal."""
        return "、".join([*self.shifts, REST])

    def written(self, mark: str | None, post: UUID | None, usual: UUID | None) -> str:
        """A cell as people read it. mark: None for 休."""
        if mark is None:
            return REST
        name = next((n for n, p in self.posts.items() if p == post), "")
        return mark if post in (None, usual) or not name else f"{mark}/{name}"

    def read(self, text: str, usual: UUID | None, *, lead: bool = False) -> Meant:
        """What a cell means; `usual`: the post of a bare mark. Leads have no post. Raises `Illegible`."""
        told = folded(text).strip()
        if told not in self.shifts and told.casefold() in RESTS:
            return Meant(None, None)
        mark = max((m for m in self.shifts if told.startswith(folded(m))), key=len, default="")
        if not mark:
            raise Illegible(f"“{told[:10]}”不是这里的班次，可以写 {self.legend}。")
        rest = told[len(folded(mark)) :].strip(_PARTS)
        if lead:
            return Meant(self.shifts[mark], None)
        return Meant(self.shifts[mark], self.post(rest) if rest else usual)

    def post(self, text: str) -> UUID:
        """The post of this name, or the only one whose name begins so. Raises `Illegible`."""
        text = folded(text)
        names = [n for n in self.posts if folded(n) == text] or [
            n for n in self.posts if folded(n).startswith(text)
        ]
        if len(names) != 1:
            known = "、".join(self.posts)
            raise Illegible(f"“{text[:10]}”不是这里的岗位，可以写 {known}。")
        return self.posts[names[0]]

    def pattern(self, text: str) -> list[str]:
        """早中休休 as its marks; blanks and commas may part them. Raises `Illegible`."""
        left, found = folded(text), []
        words = sorted([*self.shifts, REST], key=lambda m: -len(folded(m)))
        while left := left.lstrip(" ,、;|"):
            mark = next((m for m in words if left.startswith(folded(m))), None)
            if mark is None:
                raise Illegible(f"“{left[:6]}”读不懂，规律用 {self.legend} 写，例如 早早休休。")
            found.append(mark)
            left = left[len(folded(mark)) :]
        if not found:
            raise Illegible(f"请写规律，用 {self.legend}，例如 早早休休。")
        return found


def usual_post(posts: Iterable[UUID | None]) -> UUID | None:
    """The post somebody is most at; of several equally often the first."""
    counted: dict[UUID, int] = {}
    for post in posts:
        if post is not None:
            counted[post] = counted.get(post, 0) + 1
    return max(counted, key=lambda p: counted[p], default=None)


def told_apart(names: Mapping[UUID, str]) -> dict[UUID, str]:
    """People's names, numbered where two have the same: 陈, 陈（2）."""
    taken: dict[str, int] = {}
    found = {}
    for who, name in sorted(names.items()):
        taken[name] = taken.get(name, 0) + 1
        found[who] = name if taken[name] == 1 else f"{name}（{taken[name]}）"
    return found
