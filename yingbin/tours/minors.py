"""Whether children come with a visit, and whether they are named with somebody who answers for each (CV-4.1).

A school's visit is taken for one with minors until its applicant says otherwise; anybody may say that minors come. The
rules of visits decide nothing by it: it is said early, to the visitor and to reception, and once more at the gate.
"""

from dataclasses import dataclass

from .models import TourVisit

YES, NO = "yes", "no"
# What the visitor reads, in their language.
EARLY = {
    "zh": "这次来访有未满 18 岁的客人。请在来访前交名单，写明每位由谁照看；没有名单，到门岗要等接待部核对。",
    "en": "Guests under 18 are coming. Please send their list before the visit and say who answers for each;"
    " without it you will have to wait at the gate while our reception checks.",
}  # fmt: skip
INSIDE = "未成年人的名单还没交"
AT_GATE = "有未成年人，名单没有交：请带队老师把名单补上，接待部核对以后再进。"


@dataclass(frozen=True)
class Minors:
    """needed: a list of minors is expected; named: how many the list has."""

    needed: bool
    named: int

    @property
    def missing(self) -> bool:
        """Whether it is expected and isn't there."""
        return self.needed and not self.named


def minors_of(visit: TourVisit, named: int) -> Minors:
    """How it stands with a visit's minors, `named` of whom are on its list."""
    told = visit.words.get("minors", "")
    needed = told == YES or (told != NO and visit.state.get("sender") == "school")
    return Minors(needed, named)
