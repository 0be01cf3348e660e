"""What becomes of each line: which home it means here, who in it is known, who is new. Decided alike when taking in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.utils import timezone

from yingbin.customers.models import CustomerName
from yingbin.customers.queries import KnownBook, known_book
from yingbin.customers.terms import core
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.rules.desk.homes import Address, written

from ..models import Tenancy
from ..queries.estate import KnownEstate, living
from .lines import HomeLine, Person, labels_of, phones_of

NO_HOME = "看不出是哪一户。请写成 3-2-1801，或分成楼栋、单元、房号三列。"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who isn't written down in the home yet; customer: their card where they are known."""

    person: Person
    customer: UUID | None


@dataclass(frozen=True)
class Outcome:
    """What a line does: the home it means, whether that is a new one, and who is added to it."""

    address: Address
    is_new: bool
    newcomers: tuple[Newcomer, ...]

    @property
    def verdict(self) -> ImportRow.Verdict:
        """What becomes of the line."""
        if self.is_new:
            return ImportRow.Verdict.NEW
        return ImportRow.Verdict.KNOWN if self.newcomers else ImportRow.Verdict.AGAIN


class EstateForecast:
    """What is known of homes and people, from the database and from the lines before."""

    def __init__(self, run: ImportRun) -> None:
        self.site_id = run.site_id
        self.today = timezone.localdate(run.applied_at or run.mapped_at or run.uploaded_at)
        self.estate = KnownEstate(run.site_id)
        self.book = KnownBook()
        self.asked: set[str] = set()
        self.labels: dict[str, int] = {}  # homes of lines before, with the line
        self.inside: dict[str, set[tuple[str, str]]] = defaultdict(set)  # (who, as what) by home
        self.made: set[UUID] = set()

    def look_up(self, told: Sequence[HomeLine]) -> None:
        """Asks for these lines' homes, who lives there, and whom their numbers belong to: four queries."""
        labels = labels_of(told) - self.estate.asked
        self.estate.ask(labels)
        phones = phones_of(told) - self.asked
        self.asked |= phones
        self.book.update(known_book(self.site_id, phones))
        found = {
            self.estate.homes[label].id: label for label in labels if label in self.estate.homes
        }
        rows = list(
            Tenancy.objects.filter(living(self.today), home__in=found).values_list(
                "home_id", "customer_id", "capacity"
            )
        )
        names = _names({who for _, who, _ in rows})
        for home, who, capacity in rows:
            marks = [str(who), *names.get(who, ())]
            self.inside[found[home]] |= {(mark, capacity) for mark in marks}

    def judge(self, row: ImportRow, told: HomeLine) -> None:
        """Puts on the row what will become of it."""
        row.warnings, row.faults = list(told.unclear), []
        if not told.ways:
            row.verdict = ImportRow.Verdict.REFUSED
            row.faults = [["房号", told.spelling[:40], NO_HOME]]
            return
        outcome = self.outcome(told)
        label = written(outcome.address)
        row.verdict, row.same_as = outcome.verdict, self.labels.get(label)
        known = self.estate.homes.get(label)
        row.subject_id = known.id if known else None
        row.meant = {"label": label}
        self.enter(row.line, outcome, (UUID(int=row.n * 64 + n) for n in count()))

    def outcome(self, told: HomeLine) -> Outcome:
        """What a line with a home does, as things stand."""
        address = self._choose(told.ways)
        label = written(address)
        new = []
        for person in told.people:
            who = self.book.find(person.name, person.phones) if person.phones else None
            marks = {(str(who), person.capacity)} if who else {(core(person.name), person.capacity)}
            if not marks & self.inside[label]:
                new.append(Newcomer(person, who))
        is_new = label not in self.estate.homes and label not in self.labels
        return Outcome(address, is_new, tuple(new))

    def _choose(self, ways: Sequence[Address]) -> Address:
        standing = (way for way in ways if written(way) in self.labels)
        return next(standing, None) or self.estate.choose(ways)

    def enter(self, line: int, outcome: Outcome, ids: Iterable[UUID]) -> None:
        """What the lines after this one then find; ids: those the new cards get."""
        label = written(outcome.address)
        self.labels.setdefault(label, line)
        for one, fresh in zip(outcome.newcomers, ids, strict=False):
            person, who = one.person, one.customer or fresh
            if one.customer is None and person.phones:
                self.book.add(fresh, [person.name], person.phones)
            marks = (str(who), core(person.name))
            self.inside[label] |= {(mark, person.capacity) for mark in marks}


def _names(ids: set[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = CustomerName.objects.filter(customer_id__in=ids, removed_at=None)
    for who, name in rows.values_list("customer_id", "name"):
        found[who].append(core(name))
    return found
