"""检查: room by room, all at once where all is well, a slip or a repair where it isn't (SF-4.1, SF-4.7, SC-4.1, SC-4.7)."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages import asked
from yingbin.pages.doing import acting, perform, site_id, status, submit
from yingbin.people.access import may, needs
from yingbin.rules.checklists.terms import Item

from ..actions import checks
from ..forms import FailedForm, FilledForm, ReasonForm, SendBackForm
from ..forms.checks import WHY
from ..queries.checks import CheckItem, CheckPage, CheckRoom, check_page


@dataclass(frozen=True)
class RoomShown:
    """A room with the form of what has to be filled in there; None where a look is enough."""

    room: CheckRoom
    form: FilledForm | None


@needs("duty.stand")
@require_GET
def check(request: HttpRequest, task: str) -> HttpResponse:
    """One check of today, or of the day in the address."""
    return page(request, task)


def _found(request: HttpRequest, task: str, day: date | None = None) -> CheckPage:
    found = check_page(site_id(request), task, timezone.now(), day)
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, task: str, room: str = "", form: FilledForm | None = None
) -> HttpResponse:
    """The check, with a room's form that was refused."""
    found = _found(request, task, asked.day(request.GET.get("day")))
    shown = [
        RoomShown(r, form if r.id == room and form is not None else _fresh(r)) for r in found.rooms
    ]
    told = {"check": found, "task": found.task, "seen": found.seen, "rooms": shown}
    return render(request, "duty/check.html", told, status=status(form))


def _where(room: CheckRoom) -> str:
    return f"r{room.id[-6:]}-"


def _fresh(room: CheckRoom) -> FilledForm | None:
    return FilledForm(items=room.asks, where=_where(room)) if room.asks else None


@needs("duty.stand")
@require_GET
def item(request: HttpRequest, task: str, item: str) -> HttpResponse:
    """One item: what good looks like, what it was answered with, what isn't in order."""
    return item_page(request, task, item)


def item_page(
    request: HttpRequest,
    task: str,
    item: str,
    value: FilledForm | None = None,
    failed: FailedForm | None = None,
    reason: ReasonForm | None = None,
    back: SendBackForm | None = None,
) -> HttpResponse:
    """The page of an item, with a form that was refused."""
    found = _found(request, task, asked.day(request.GET.get("day")))
    room, one = _item(found, item)
    closing = found.task.kind == "closing"
    shown = {
        "check": found,
        "task": found.task,
        "room": room,
        "one": one,
        "item": one.item,
        "value": value or FilledForm(items=_asks(one), where="value-"),
        "failed": failed or FailedForm(item=one.item, closing=closing),
        "why": reason or ReasonForm(),
        "back": back or SendBackForm(),
        "answers": found.opened and (found.task.state != "done" or bool(one.sent_back)),
        "leads": found.is_today and may(request, "duty.lead"),
    }
    return render(request, "duty/item.html", shown, status=status(value, failed, reason, back))


def _item(found: CheckPage, item: str) -> tuple[CheckRoom, CheckItem]:
    pair = found.item(item)
    if pair is None:
        raise Http404
    return pair


def _asks(one: CheckItem) -> tuple[Item, ...]:
    return () if one.item.is_tick else (one.item,)


def _back(task: str) -> str:
    return reverse("duty:check", args=[task])


@needs("duty.stand")
@require_POST
def answer(request: HttpRequest, task: str, item: str) -> HttpResponse:
    """正常, with what has to be filled in, or 不适用 with a reason."""
    if request.POST.get("result") == "na":
        return _not_applicable(request, task, item)
    _, one = _item(_found(request, task), item)
    form = FilledForm(request.POST, request.FILES, items=_asks(one), where="value-")
    who = acting(request)
    form.take(who)
    return submit(
        request,
        form,
        lambda _: checks.answer.given(
            task=task, item=item, result="ok", filled=next(iter(form.filled()), None)
        ),
        page=partial(item_page, request, task, item, form),
        then=_back(task),
        said=lambda done: done.because if "号" in done.because else "",
        who=who,
    )


def _not_applicable(request: HttpRequest, task: str, item: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    return submit(
        request,
        form,
        lambda told: checks.answer.given(task=task, item=item, result="na", reason=told["reason"]),
        page=partial(item_page, request, task, item, None, None, form),
        then=_back(task),
    )


@needs("duty.stand")
@require_POST
def failed(request: HttpRequest, task: str, item: str) -> HttpResponse:
    """不正常: the answer and its slip or repair, with photos, in one tap."""
    found = _found(request, task)
    _, one = _item(found, item)
    closing = found.task.kind == "closing"
    form = FailedForm(request.POST, request.FILES, item=one.item, closing=closing)
    who = acting(request)
    form.take(who)
    return submit(
        request,
        form,
        lambda told: checks.failed.given(
            task=task, item=item, kind=told["kind"], title=told["title"], detail=told["detail"],
            photos=form.wrong, filled=next(iter(form.filled()), None), no_photo=told["no_photo"],
        ),
        page=partial(item_page, request, task, item, None, form),
        then=_back(task),
        said=lambda done: f"已记下，第{done.number}号，领班已得知。",
        who=who,
    )  # fmt: skip


@needs("duty.stand")
@require_POST
def room(request: HttpRequest, task: str, room: str) -> HttpResponse:
    """本间全部正常: what was filled in is kept, the rest of the room is in order."""
    found = _found(request, task).room(room)
    if found is None:
        raise Http404
    form = FilledForm(request.POST, request.FILES, items=_sent(request, found), where=_where(found))
    who = acting(request)
    form.take(who)
    return submit(
        request,
        form,
        lambda _: checks.answer_room.given(task=task, section=room, filled=form.filled()),
        page=partial(page, request, task, room, form),
        then=f"{_back(task)}#{_where(found)}",
        said=_lines,
        who=who,
    )


def _sent(request: HttpRequest, found: CheckRoom) -> tuple[Item, ...]:
    """What the form was made of: what is open, and what it was sent with, which a second sending has answered already."""
    sent = {name.removesuffix(WHY) for name in request.POST} | set(request.FILES)
    known = {i.id for i in found.asks} | sent
    return tuple(i.item for i in found.items if not i.item.is_tick and i.item.id in known)


def _lines(done: checks.RoomAnswered) -> str:
    if not done.lines:
        return ""
    numbers = "、".join(f"第{n}号" for n in done.lines)
    return f"有不正常，已写{numbers}，由您负责，领班已得知。"


@needs("duty.stand")
@require_POST
def all_well(request: HttpRequest, task: str) -> HttpResponse:
    """其余都正常: where nothing has to be filled in any more."""
    _found(request, task)
    return perform(request, checks.answer_room.given(task=task), then=_back(task), said=_lines)


@needs("duty.stand")
@require_POST
def sign(request: HttpRequest, task: str) -> HttpResponse:
    """签字."""
    _found(request, task)
    return perform(request, checks.sign_check.given(task=task), then=_back(task), said=str)


@needs("duty.lead")
@require_POST
def send_back(request: HttpRequest, task: str, item: str) -> HttpResponse:
    """退回: an item is asked again, with a lead's word."""
    form = SendBackForm(request.POST)
    return submit(
        request,
        form,
        lambda told: checks.send_back.given(task=task, item=item, word=told["word"]),
        page=partial(item_page, request, task, item, None, None, None, form),
        then=_back(task),
        said="已退回，填的人会收到。",
    )
