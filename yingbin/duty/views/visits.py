"""客人: in by two taps, met, told apart, helped on and seen off (SF-4.3.1 – 4.3.5)."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.queries import wording_in_force
from yingbin.matters.queries import colleagues
from yingbin.matters.words import takers
from yingbin.pages.doing import acting, perform, person_id, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm
from yingbin.people.access import may, needs
from yingbin.people.queries import names_of

from ..actions import questions, referrals, visits
from ..actions.referrals import Sent
from ..actions.visits import GuestsOut
from ..forms.visits import ConfirmForm, GuestsForm, GuestsInForm, QuestionForm
from ..hours import day_of
from ..models import ShowVisit
from ..queries.facts import facts_of, pictures_of
from ..queries.visit_sheets import questions_of
from ..queries.visits import SeenGuests, flats, gallery_of, guests, guests_of
from .here import row_here
from .now import page as now_page

RECORD = "visits.record"


def _now() -> str:
    return reverse("duty:now")


def _visit_page(visit_id: UUID) -> str:
    return reverse("duty:guests", args=[visit_id])


@needs(RECORD)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Today's groups, the newest first."""
    site, now = site_id(request), timezone.now()
    seen = guests_of(site, day_of(now))
    shown = {
        "seen": seen[::-1],
        "people": sum(g.size for g in seen if g.state != "void"),
        "flats": flats(site),
        "leads": may(request, "duty.lead"),
        "day": day_of(now),
    }
    return render(request, "duty/guests_today.html", shown)


@needs(RECORD)
@require_POST
def guests_in(request: HttpRequest) -> HttpResponse:
    """客人来了: the two taps."""
    form = GuestsInForm(request.POST).offer(flats(site_id(request)))
    return submit(
        request,
        form,
        lambda told: visits.guests_in.given(post=told["post"], size=form.people, been=told["been"]),
        page=partial(now_page, request, coming=form),
        then=lambda done: _visit_page(done.visit),
        said=lambda done: f"第 {done.number} 批，请客人坐下穿鞋套。",
    )


def _guests(request: HttpRequest, visit_id: UUID) -> SeenGuests:
    found = guests(site_id(request), visit_id)
    if found is None:
        raise Http404
    return found


@needs(RECORD)
@require_GET
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One group: what to say, what is known of the flat, what they asked, where they are sent."""
    return page(request, visit_id)


def page(
    request: HttpRequest,
    visit_id: UUID,
    told: GuestsForm | None = None,
    asked: QuestionForm | None = None,
    sure: ConfirmForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused."""
    site, now = site_id(request), timezone.now()
    seen = _guests(request, visit_id)
    facts = facts_of(site, seen.post_id)
    first = {"size": seen.size, "been": _been(seen)}
    wording = wording_in_force(site)
    card = {"wording": wording.version, "note": seen.note}
    shown = {
        "seen": seen,
        "facts": facts,
        "pictures": pictures_of(site, facts),
        "questions": questions_of(site, [seen.id]).get(seen.id, []),
        "gallery": gallery_of(site, now),
        "wording": wording,
        "told_form": told or GuestsForm(initial=first | card),
        "ask_form": asked or _question_form(request),
        "sure_form": sure or ConfirmForm(initial=first),
        "leads": may(request, "duty.lead"),
    }
    return render(request, "duty/guests.html", shown, status=status(told, asked, sure))


def _been(seen: SeenGuests) -> str:
    return {True: "yes", False: "no", None: ""}[seen.been]


def _question_form(request: HttpRequest, *, sent: bool = False) -> QuestionForm:
    here = colleagues(site_id(request), timezone.now())
    form = QuestionForm(request.POST if sent else None)
    gallery = gallery_of(site_id(request), timezone.now())
    mine = {str(person_id(request))}
    return form.offer(takers(here, without=mine), gallery.short_name if gallery else "")


@needs(RECORD)
@require_POST
def confirm(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Who registered by the code was met."""
    form = ConfirmForm(request.POST)
    return submit(
        request,
        form,
        lambda told: visits.confirm_guests.given(
            visit_id=visit_id, size=told["size"], been=told["been"]
        ),
        page=partial(page, request, visit_id, sure=form),
        then=_visit_page(visit_id),
        said=lambda done: f"第 {done.number} 批已确认，请客人坐下穿鞋套。",
    )


@needs(RECORD)
@require_POST
def turn_down(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """作废: nobody is there, or they are written down already."""
    row_here(request, ShowVisit, visit_id)
    deed = visits.turn_down_guests.given(visit_id=visit_id)
    return perform(request, deed, then=_now(), said="已作废，客人填的内容没有保留。")


@needs(RECORD)
@require_POST
def tell(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """How many, been to the sales office, name and phone with their yes."""
    form = GuestsForm(request.POST)
    return submit(
        request,
        form,
        lambda told: visits.tell_guests.given(
            visit_id=visit_id,
            size=told["size"],
            been=told["been"],
            name=told["name"],
            phone=told["phone"],
            agreed=form.yes,
            note=told["note"],
        ),
        page=partial(page, request, visit_id, told=form),
        then=_visit_page(visit_id),
        said="已记下。",
    )


@needs(RECORD)
@require_POST
def ask(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A question: answered, or passed on."""
    form = _question_form(request, sent=True)
    return submit(
        request,
        form,
        lambda told: questions.ask_question.given(
            visit_id=visit_id, question=told["question"], answer=told["answer"], to=told["to"]
        ),
        page=partial(page, request, visit_id, asked=form),
        then=_visit_page(visit_id),
        said=lambda done: (
            f"已转出，第{done.number}号。对方接手前由您负责，客人得到答复才算办完。"
            if done.open
            else "问题和答复已记下。"
        ),
    )


@needs(RECORD)
@require_POST
def refer(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """转到售楼处: two places, so the answer says what became of it."""
    _guests(request, visit_id)
    form = KeyedForm(request.POST)
    sent = tried(form, lambda: referrals.send_over(acting(request), visit_id=visit_id))
    if sent is None:
        messages.error(request, form.refused)
    else:
        messages.success(request, _sent_words(sent))
    return redirect(_visit_page(visit_id))


def _sent_words(sent: Sent) -> str:
    if sent.state != "queued":
        return f"{sent.because.rstrip('。')}。联系方式已留下，作为回访跟进由您负责。"
    if sent.receiver is None:
        return f"已排进售楼处，第 {sent.number} 批，置业顾问都在忙，先到先接。"
    name = names_of([sent.receiver]).get(str(sent.receiver), "")
    return f"已排进售楼处，第 {sent.number} 批，由{name}接待。"


@needs(RECORD)
@require_POST
def guests_out(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """送走: shoe covers are cleared, and back at the post (SF-4.3.5)."""
    row_here(request, ShowVisit, visit_id)

    def said(done: GuestsOut) -> str:
        more = "请收好鞋套，收拾好点“已归位”。" if done.tidies else "请收好鞋套。"
        return f"第 {done.number} 批已送走。{more}"

    deed = visits.guests_out.given(visit_id=visit_id)
    return perform(request, deed, then=_now(), said=said)
