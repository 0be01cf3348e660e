"""事项: which subjects an office has, how urgent they are, who serves them; a version of its policy (SD-4.2.2)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from string import ascii_lowercase
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.models import Department
from yingbin.people.policies import set_part, versions
from yingbin.rules.decision import Refused

from ..choices import DESK, DeskChoices, chosen_at
from ..subjects import OTHER, Topic
from .seen import read_as

CLAUSE = "SD-4.2.2"
OWN = "own_"


@dataclass(frozen=True)
class Drawn:
    """The version in which an office's subjects stand now, and how many of them are new."""

    version: int
    added: int


def seen_as(chosen: DeskChoices) -> str:
    """What somebody has read of subjects and scope, so that an old page overwrites nothing."""
    return read_as([chosen.scoped, [asdict(one) for one in chosen.subjects]])


@action("desk.subjects")
def set_subjects(
    pen: Pen, *, topics: tuple[Topic, ...], scoped: bool, reason: str, seen: str
) -> Drawn:
    """The subjects as somebody has drawn them; one without a key is new and gets one that nothing ever had.

    Keys stand in matters and never change; a subject left out stays as it is. Raises `Refused` where somebody else
    drew them since `seen`.
    """
    held = chosen_at(pen.site_id, pen.at)
    if seen_as(held) != seen:
        raise Refused(CLAUSE, "别的同事刚改过事项。请重新打开这一页，看了再改。")
    known = {one.key: one for one in held.subjects}
    fresh = [one for one in topics if not one.key]
    if strange := next((one for one in topics if one.key and one.key not in known), None):
        raise Refused(CLAUSE, f"没有「{strange.title}」这个事项，请重新打开这一页。")
    _check(pen, topics)
    told = known | {one.key: one for one in topics if one.key}
    keys = _new_keys(pen.site_id, len(fresh))
    added = [replace(one, key=key) for one, key in zip(fresh, keys, strict=True)]
    part = {"subjects": [asdict(one) for one in (*told.values(), *added)], "scoped": scoped}
    version = set_part.within(pen, name=DESK.name, part=part, reason=reason)
    return Drawn(version, len(added))


def _check(pen: Pen, topics: Sequence[Topic]) -> None:
    """Departments are this office's; what nothing else fits stays."""
    named = {one.partition(":")[2] for topic in topics for one in topic.departments}
    here = {str(one) for one in Department.objects.filter(site_id=pen.site_id).values_list("id", flat=True)}  # fmt: skip
    if named - here:
        raise Refused(CLAUSE, "选的部门不是本处的，请重新选。")
    if any(one.key == OTHER and one.retired for one in topics):
        raise Refused(CLAUSE, "「其他」要留着：看不出是什么事项的都记在它下面。")


def _new_keys(site_id: UUID, many: int) -> list[str]:
    """Keys of the office's own subjects that no version ever had: own_a, own_b, … own_z, own_ba."""
    used = {
        str(one["key"]) for row in versions(site_id, DESK.name) for one in row.values.get("subjects", ())
    }  # fmt: skip
    first = sum(key.startswith(OWN) for key in used)
    return [f"{OWN}{_letters(first + n)}" for n in range(many)]


def _letters(number: int) -> str:
    more, last = divmod(number, len(ascii_lowercase))
    return (_letters(more) if more else "") + ascii_lowercase[last]
