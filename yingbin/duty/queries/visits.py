"""A show flat's visitors read: who is inside, who waits to be confirmed, a day's groups with their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from yingbin.customers.queries import Shown, shown_as
from yingbin.pages.phones import masked
from yingbin.people.models import Post, Site
from yingbin.people.queries import names_of, staff_with_role

from ..hours import day_of
from ..models import DutyLog, GuestCode, PostRule, ShowVisit, VisitReferral
from ..policies import REFERRING

# How far back somebody may still stand in the book as inside.
FORGOTTEN = timedelta(days=7)
NAMELESS = "未留姓名"
BEEN = {True: "到过", False: "没到过", None: "没问"}


@dataclass(frozen=True)
class FlatPost:
    """A show flat that visitors come to."""

    id: UUID
    name: str


def flats(site_id: UUID) -> tuple[FlatPost, ...]:
    """The show flats of a site, by name; none at a place without."""
    rules = PostRule.objects.filter(
        site_id=site_id, given_up_at__isnull=True, kind=PostRule.Kind.SHOW_FLAT
    )
    rows = rules.order_by("post__name").values_list("post_id", "post__name")
    return tuple(FlatPost(post, name) for post, name in rows)


def post_of(post_id: UUID) -> Post | None:
    """A show flat that is in use, of whatever site, with its site."""
    rules = PostRule.objects.filter(
        post_id=post_id, given_up_at__isnull=True, kind=PostRule.Kind.SHOW_FLAT
    )
    return Post.objects.filter(id__in=rules.values("post_id")).select_related("site").first()


def code_number(site_id: UUID, post_id: UUID) -> int:
    """Which code hangs at the flat's door: 1 until it is renewed for the first time."""
    rows = GuestCode.objects.filter(site_id=site_id, post_id=post_id)
    return rows.values_list("number", flat=True).first() or 1


def waiting_by_code(site_id: UUID, post_id: UUID, day: date) -> int:
    """How many groups registered by the code today whom nobody has confirmed yet."""
    return _waiting(ShowVisit.objects.filter(site_id=site_id, post_id=post_id, day=day)).count()


def _waiting(rows: QuerySet[ShowVisit]) -> QuerySet[ShowVisit]:
    return rows.filter(confirmed_at__isnull=True, turned_down_at__isnull=True)


def on_the_spot(site_id: UUID, at: datetime) -> list[UUID]:
    """Whoever is signed on today; where nobody is, every receptionist."""
    standing = DutyLog.objects.filter(site_id=site_id, day=day_of(at))
    kept = standing.values_list("standing", flat=True).first() or {}
    here = [UUID(who) for who in kept.get("signed_on", {})]
    return here or [s.id for s in staff_with_role(site_id, "receptionist", at)]


@dataclass(frozen=True)
class SeenReferral:
    """Where a group was sent."""

    state: str
    words: str
    gallery: str
    receiver: str
    number: int | None
    because: str
    matter: UUID | None


@dataclass(frozen=True)
class SeenGuests:
    """A group as pages show it; phones masked. state: waiting, inside, left, void."""

    id: UUID
    number: int
    day: date
    post: str
    post_id: UUID
    arrived_at: datetime
    size: int
    been: bool | None
    source: str
    state: str
    called: str
    phone: str
    customer: UUID | None
    left_at: datetime | None
    by: str
    note: str
    referral: SeenReferral | None
    erased: bool = False

    @property
    def been_words(self) -> str:
        """Whether they were at the sales office before."""
        return BEEN[self.been]

    @property
    def has_name(self) -> bool:
        """Whether they said what they are called."""
        return self.called != NAMELESS

    @property
    def is_inside(self) -> bool:
        """Whether they are in the flat now."""
        return self.state == "inside"

    @property
    def waits(self) -> bool:
        """Whether they wait for a receptionist to confirm them."""
        return self.state == "waiting"

    @property
    def has_contact(self) -> bool:
        """Whether they left a number."""
        return bool(self.phone)

    @property
    def to_refer(self) -> bool:
        """Whether they should be sent to the sales office: never been there, and not sent yet (SF-4.3.3)."""
        return self.been is False and self.referral is None and self.state in ("inside", "left")


def guests_of(site_id: UUID, day: date) -> list[SeenGuests]:
    """All groups of a day in the order they came; the same few questions however many they are."""
    return _seen(site_id, ShowVisit.objects.filter(site_id=site_id, day=day))


def guests_here(site_id: UUID, now: datetime) -> list[SeenGuests]:
    """Who waits to be confirmed today, and who is inside; since yesterday too, where nobody has seen them off."""
    today = day_of(now)
    rows = ShowVisit.objects.filter(site_id=site_id, day__range=(today - FORGOTTEN, today))
    rows = rows.filter(Q(day=today) | Q(confirmed_at__isnull=False))
    return _seen(site_id, rows.filter(left_at__isnull=True, turned_down_at__isnull=True))


def guests(site_id: UUID, visit_id: UUID) -> SeenGuests | None:
    """One group of this site."""
    found = _seen(site_id, ShowVisit.objects.filter(site_id=site_id, id=visit_id))
    return found[0] if found else None


def guests_named(site_id: UUID, ids: Iterable[UUID]) -> dict[UUID, SeenGuests]:
    """These groups of this site, by id."""
    rows = ShowVisit.objects.filter(site_id=site_id, id__in=list(ids))
    return {one.id: one for one in _seen(site_id, rows)}


def _seen(site_id: UUID, rows: QuerySet[ShowVisit]) -> list[SeenGuests]:
    visits = list(rows.select_related("post", "referral").order_by("day", "number"))
    cards = shown_as(site_id, [v.customer_id for v in visits if v.customer_id])
    sent = [v.referral for v in visits if hasattr(v, "referral")]
    people = {v.recorded_by for v in visits} | {r.receiver for r in sent}
    names = names_of({who for who in people if who}) if visits else {}
    places = dict(
        Site.objects.filter(id__in={r.gallery_id for r in sent if r.gallery_id}).values_list(
            "id", "short_name"
        )
        if sent
        else ()
    )
    return [_guests(v, cards, names, places) for v in visits]


def _guests(
    visit: ShowVisit,
    cards: Mapping[UUID, Shown],
    names: Mapping[str, str],
    places: Mapping[UUID, str],
) -> SeenGuests:
    card = cards.get(visit.customer_id) if visit.customer_id else None
    own = masked(visit.phone) if visit.phone else ""
    return SeenGuests(
        id=visit.id,
        number=visit.number,
        day=visit.day,
        post=visit.post.name,
        post_id=visit.post_id,
        arrived_at=visit.arrived_at,
        size=visit.group_size,
        been=visit.been_to_sales,
        source=visit.source,
        state=_state(visit),
        called=card.called if card else visit.called or NAMELESS,
        phone=card.phone if card else own,
        customer=card.id if card else None,
        left_at=visit.left_at,
        by=names.get(str(visit.recorded_by), ""),
        note=visit.note,
        referral=_referral(visit, names, places),
        erased=visit.customer_id is not None and card is None,
    )


def _state(visit: ShowVisit) -> str:
    if visit.turned_down_at:
        return "void"
    if visit.confirmed_at is None:
        return "waiting"
    return "left" if visit.left_at else "inside"


def _referral(
    visit: ShowVisit, names: Mapping[str, str], places: Mapping[UUID, str]
) -> SeenReferral | None:
    row: VisitReferral | None = getattr(visit, "referral", None)
    if row is None:
        return None
    return SeenReferral(
        state=row.state,
        words=str(row.get_state_display()),
        gallery=places.get(row.gallery_id, "") if row.gallery_id else "",
        receiver=names.get(str(row.receiver), ""),
        number=row.gallery_number,
        because=row.because,
        matter=row.matter_id,
    )


def gallery_of(site_id: UUID, at: datetime) -> Site | None:
    """The gallery this flat sends its visitors to, if it has one that isn't closed for good."""
    chosen = REFERRING.in_force(site_id, at).values.gallery
    galleries = Site.objects.filter(kind="sales_centre", closed_at__isnull=True)
    return galleries.filter(id=chosen).first() if chosen else None


def galleries() -> list[Site]:
    """The galleries of the company that visitors can be sent to."""
    rows = Site.objects.filter(kind="sales_centre", closed_at__isnull=True)
    return list(rows.order_by("name"))


def open_referrals(before: datetime) -> list[VisitReferral]:
    """Referrals the gallery hasn't answered for a while, at whatever site: the line broke in between."""
    waiting = VisitReferral.objects.filter(state=VisitReferral.State.ASKED, at__lte=before)
    return list(waiting.order_by("at")[:50])


def stale_codes(today_of: date) -> list[ShowVisit]:
    """Registrations by the code of former days that nobody confirmed: their words have no purpose any more."""
    return list(
        _waiting(ShowVisit.objects.filter(day__lt=today_of)).filter(
            Q(called__gt="") | Q(phone__gt="")
        )[:200]
    )
