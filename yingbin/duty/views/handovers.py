"""交接班: filled by itself, each entry accepted or objected to, both sides sign (SF-4.1, SF-4.7)."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.asked import uid
from yingbin.pages.doing import perform, person_id, sent, site_id, status, submit
from yingbin.people.access import needs

from ..actions import handovers
from ..forms import AdditionForm, HandoverForm, ReasonForm, RefusalForm
from ..live_handovers import handover_context
from ..queries.handovers import SeenDay, proposal, with_handover
from ..queries.picture import Picture, picture
from ..queries.seen_handovers import SeenHandover


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begins a handover of a post, as the last one left it: one's own post, or the one asked for."""
    seen, me = picture(site_id(request), timezone.now()), person_id(request)
    post = uid(request.POST.get("post") or request.GET.get("post")) or _own(seen, me)
    proposed = proposal(site_id(request), post)
    form = HandoverForm(sent(request), proposed, post=post, me=me).offer(seen)
    return submit(
        request,
        form,
        lambda told: handovers.start_handover.given(
            post=told["post"],
            giver=told["giver"],
            receiver=told["receiver"],
            keys=told["keys"],
            stock=told["stock"],
        ),
        page=partial(_start_page, request, seen, form, post),
        then=lambda done: back(done.handover),
        said=lambda done: f"共 {done.entries} 项，请接班人逐项确认。",
    )


def _own(seen: Picture, me: UUID) -> UUID:
    """The post where somebody stands, else the first of the day."""
    person = seen.person(me)
    found = person.at_id or person.post_id if person else ""
    return UUID(found or next((p.id for p in seen.posts), str(me)))


def _start_page(
    request: HttpRequest, seen: Picture, form: HandoverForm, post: UUID
) -> HttpResponse:
    name = next((p.name for p in seen.posts if p.id == str(post)), "")
    shown = {"form": form, "seen": seen, "post": str(post), "post_name": name}
    shown["guards"] = [p for p in seen.people.values() if p.role == "guard" and not p.signed_on]
    return render(request, "duty/handover_start.html", shown, status=status(form))


def back(handover: UUID) -> str:
    """The page of a handover."""
    return reverse("duty:handover", args=[handover])


def found_or_404(request: HttpRequest, handover: UUID) -> tuple[SeenDay, SeenHandover]:
    """A handover of this place with its day, of today or of a day gone by."""
    day = with_handover(site_id(request), handover, timezone.now())
    found = day.seen.handover(str(handover)) if day else None
    if day is None or found is None:
        raise Http404
    return day, found


@needs("duty.stand")
@require_GET
def handover(request: HttpRequest, handover: UUID) -> HttpResponse:
    """One handover, of today or of a day gone by."""
    return page(request, handover)


def page(
    request: HttpRequest,
    handover: UUID,
    entry: str = "",
    reason: ReasonForm | None = None,
    refusal: RefusalForm | None = None,
    addition: AdditionForm | None = None,
) -> HttpResponse:
    """The handover, with what was refused open where it was typed."""
    day, found = found_or_404(request, handover)
    shown = {
        **handover_context(day, found, str(person_id(request))),
        "open_entry": entry,
        "reason": reason,
        "refusal": refusal or RefusalForm().offer(found),
        "addition": addition or AdditionForm(),
    }
    forms = (reason, refusal, addition)
    return render(request, "duty/handover.html", shown, status=status(*forms))


@needs("duty.stand")
@require_POST
def answer(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The receiver's word on one entry."""
    kind, entry = request.POST.get("kind", ""), request.POST.get("entry", "")
    if request.POST.get("accepts") == "yes":
        deed = handovers.answer_entry.given(handover=handover, kind=kind, entry=entry, accepts=True)
        return perform(request, deed, then=back(handover))
    form = ReasonForm(request.POST)
    again = partial(page, request, handover, f"{kind}/{entry}", form)
    return submit(
        request,
        form,
        lambda told: handovers.answer_entry.given(
            handover=handover, kind=kind, entry=entry, accepts=False, reason=told["reason"]
        ),
        page=again,
        then=back(handover),
    )


@needs("duty.stand")
@require_POST
def accept_rest(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The receiver accepts all that is left."""
    found_or_404(request, handover)
    return perform(
        request, handovers.accept_rest.given(handover=handover), then=back(handover), said=""
    )


@needs("duty.stand")
@require_POST
def refuse(request: HttpRequest, handover: UUID) -> HttpResponse:
    """Somebody would not sign: kept, and the lead comes."""
    _, found = found_or_404(request, handover)
    form = RefusalForm(request.POST).offer(found)
    return submit(
        request,
        form,
        lambda told: handovers.refuse_handover.given(
            handover=handover, who=told["who"], words=told["words"]
        ),
        page=partial(page, request, handover, refusal=form),
        then=back(handover),
        said="已记下，领班收到了，会到场处理。",
    )


@needs("duty.lead")
@require_POST
def take_over(request: HttpRequest, handover: UUID) -> HttpResponse:
    """The lead takes the post over in place of somebody who would not: a new handover with the same list."""
    _, found = found_or_404(request, handover)
    keys = tuple(e.id for e in found.entries if e.kind == "key")
    stock = tuple((e.id, e.count or 0) for e in found.entries if e.kind == "stock")
    deed = handovers.start_handover.given(
        post=UUID(found.post_id), giver=UUID(found.giver_id), receiver=person_id(request),
        keys=keys, stock=stock,
    )  # fmt: skip
    return perform(
        request,
        deed,
        then=lambda done: back(done.handover),
        said="改由您接班，原来那次作废。请逐项确认后签字。",
        refused=back(handover),
    )


@needs("duty.stand")
@require_POST
def add(request: HttpRequest, handover: UUID) -> HttpResponse:
    """补充, after both have signed."""
    form = AdditionForm(request.POST)
    return submit(
        request,
        form,
        lambda told: handovers.add_to_handover.given(handover=handover, words=told["words"]),
        page=partial(page, request, handover, addition=form),
        then=back(handover),
        said="已补充，原来签的不变。",
    )
