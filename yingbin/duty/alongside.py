"""What whoever takes over a post should know besides the entries of the handover: gathered when it starts, then frozen.

A part of the wing that has such things names a function of (site, post, moment) in `SOURCES`. Its words hold no
personal data, since they stay for good; what is a matter is named by its id, and its title read when it is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.matters.models import Matter
from yingbin.pages.wing import called
from yingbin.rules.matters import KINDS

from .hours import day_of
from .kinds import LINE_OF
from .models import ShowVisit


@dataclass(frozen=True)
class Also:
    """One thing to know: what it is about (客人, 客户提问, 损坏), and words or the matter."""

    about: str
    words: str = ""
    matter: UUID | None = None

    def kept(self) -> dict[str, str]:
        """As the handover keeps it."""
        told = {"about": self.about, "words": self.words}
        return told | {"matter": str(self.matter)} if self.matter else told


Source = Callable[[UUID, UUID, datetime], Iterable[Also]]
SOURCES: tuple[str, ...] = (
    "yingbin.duty.alongside.visitors_inside",
    "yingbin.duty.alongside.other_matters",
)


def alongside(site_id: UUID, post_id: UUID, at: datetime) -> Iterator[Also]:
    """All that the sources say, in their order."""
    for path in SOURCES:
        said = called(path)(site_id, post_id, at)
        assert isinstance(said, Iterable)
        yield from said


def visitors_inside(site_id: UUID, post_id: UUID, at: datetime) -> Iterator[Also]:
    """Groups that came to the flat today and have not left."""
    rows = ShowVisit.objects.filter(
        site_id=site_id, post_id=post_id, day=day_of(at), arrived_at__lte=at, left_at__isnull=True,
        confirmed_at__isnull=False, turned_down_at__isnull=True,
    )  # fmt: skip
    sizes = list(rows.values_list("group_size", flat=True))
    if sizes:
        yield Also("客人", f"还有 {len(sizes)} 批没有离开，共 {sum(sizes)} 人")


def other_matters(site_id: UUID, post_id: UUID, at: datetime) -> Iterator[Also]:
    """Open matters of the post that are no lines of the handover: questions passed on, damage."""
    rows = Matter.objects.filter(
        site_id=site_id, subject_app="duty.post", subject_id=post_id, closed_at__isnull=True
    )
    for row in rows.exclude(kind__in=LINE_OF).order_by("number"):
        yield Also(KINDS[row.kind].title, matter=row.id)
