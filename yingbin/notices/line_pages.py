"""签名行: what was signed of the journal, what left the house, and how much could still be rewritten unseen."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.journal import checkpoints, notes
from yingbin.journal.models import Checkpoint, Departure
from yingbin.pages.doing import site_id
from yingbin.people.access import needs
from yingbin.people.queries import company

from . import lines

_MAY = ("turns.see", "journal.verify", "notices.channels")


@needs(*_MAY)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The newest lines with what became of them, the window now, and the key."""
    site, now = site_id(request), timezone.now()
    rows = checkpoints.recent(site)
    gone: dict[int, list[Departure]] = {}
    for one in checkpoints.departures(site, [r.size for r in rows]):
        gone.setdefault(one.size, []).append(one)
    window = checkpoints.window(site, set_up=lines.is_set_up(site))
    context = {
        "rows": [(r, notes.short(r.size, bytes(r.root)), gone.get(r.size, [])) for r in rows],
        "window": window,
        "minutes": window.minutes(now),
        "key": str(checkpoints.log_key(site)),
        "company": _of_company(now),
        "every": checkpoints.EVERY_ENTRIES,
    }
    return render(request, "notices/lines.html", context)


def _of_company(now: datetime) -> tuple[checkpoints.Window, int] | None:
    """The silent window of the company's own chain and its minutes; None before there is a company."""
    whole = company()
    if whole is None:
        return None
    window = checkpoints.window(whole.id, set_up=lines.is_set_up(whole.id))
    return window, window.minutes(now)


def _line(request: HttpRequest) -> Checkpoint:
    wanted = request.GET.get("size", "")
    if not wanted:
        found = checkpoints.latest(site_id(request))
    else:
        found = checkpoints.at_size(site_id(request), int(wanted)) if _is_size(wanted) else None
    if found is None:
        raise Http404
    return found


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


@needs(*_MAY)
@require_GET
def line(request: HttpRequest) -> HttpResponse:
    """A signed line as text, with its cosignatures; the newest without `size`."""
    return HttpResponse(
        lines.with_cosignatures(_line(request)), content_type="text/plain; charset=utf-8"
    )


@needs(*_MAY)
@require_GET
def proof(request: HttpRequest) -> HttpResponse:
    """What a witness asks for: the proof from the size it knows, with the newest line."""
    newest, old = _line(request), request.GET.get("old", "0")
    if not _is_size(old) or int(old) > newest.size:
        return HttpResponse(f"签名行只到第 {newest.size} 条\n", "text/plain; charset=utf-8", 400)
    made = checkpoints.proof(newest.site_id, int(old), newest.size)
    told = notes.request(int(old), made, newest.text)
    return HttpResponse(told, content_type="text/plain; charset=utf-8")
