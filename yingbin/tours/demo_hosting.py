"""How the demo's visits are prepared, played by the actions people use."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

from yingbin.journal.action import Acting

from .actions.companions import answer_companion, ask_companion
from .actions.meals import book_meal
from .actions.preparing import analyse, direct, sign_rehearsal
from .actions.routes import set_route
from .hosting import Stop, hosting
from .hosting_rules import Table
from .models import TourVisit

Fields = Mapping[str, object]
Verb = Callable[[Acting, UUID, Fields], object]


def _analyse(acting: Acting, one: UUID, told: Fields) -> object:
    aims, needs, care = (str(told[name]) for name in ("aims", "needs", "care"))
    return analyse(acting, visit_id=one, aims=aims, needs=needs, care=care)


def _sign(acting: Acting, one: UUID, told: Fields) -> object:
    held, mend = acting.at - timedelta(minutes=20), str(told.get("mend", ""))
    return sign_rehearsal(
        acting, visit_id=one, held_at=held, passed=bool(told["passed"]), mend=mend
    )


def _ask(acting: Acting, one: UUID, told: Fields) -> object:
    return ask_companion(acting, visit_id=one, who=UUID(str(told["who"])))


def _answer(acting: Acting, one: UUID, told: Fields) -> object:
    """To what they were asked last, if they could be."""
    asked = next(reversed(hosting(TourVisit.objects.get(id=one)).companions), None)
    if asked is None:
        return None
    deputy = UUID(str(told["deputy"])) if "deputy" in told else None
    answer, reason = str(told["answer"]), str(told.get("reason", ""))
    return answer_companion(
        acting, visit_id=one, ask=asked.number, answer=answer, reason=reason, deputy=deputy
    )


def _direct(acting: Acting, one: UUID, told: Fields) -> object:
    serve, leader, said = str(told["serve"]), UUID(str(told["directed_by"])), str(told["said"])
    return direct(acting, visit_id=one, serve=serve, directed_by=leader, said=said)


def _book(acting: Acting, one: UUID, told: Fields) -> object:
    """So many hours after the guests come."""
    guests, ours, per_head, hours = (
        int(str(told[name])) for name in ("guests", "ours", "per_head", "hours")
    )
    start = TourVisit.objects.get(id=one).starts_at + timedelta(hours=hours)
    table = Table(start, guests, ours, per_head, str(told["place"]), str(told.get("diet", "")))
    return book_meal(acting, visit_id=one, table=table)


def _route(acting: Acting, one: UUID, told: Fields) -> object:
    """Parts as `area minutes`, or `area minutes who`, after what stands there."""
    parts, route = told["stops"], hosting(TourVisit.objects.get(id=one)).route
    assert isinstance(parts, tuple)
    split = (one.split() for one in parts)
    stops = tuple(Stop(area, int(minutes), *who) for area, minutes, *who in split)
    return set_route(acting, visit_id=one, version=route.version if route else 0, stops=stops)


VERBS: Mapping[str, Verb] = {
    "analyse": _analyse,
    "sign_rehearsal": _sign,
    "ask_companion": _ask,
    "answer_companion": _answer,
    "direct": _direct,
    "book_meal": _book,
    "set_route": _route,
}
