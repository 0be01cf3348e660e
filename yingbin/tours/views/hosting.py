"""接待准备: analysis, rehearsal, companions, direction, meal of a visit; a leader's answer on their phone (CV-3.3.2 to CV-3.3.4)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, perform, sent, site_id, status, submit
from yingbin.pages.forms import KeyedForm, first_error
from yingbin.people.access import badge_of, needs

from ..actions.companions import drop_companion
from ..actions.preparing import Prepared
from ..forms.hosting import FORMS, SAID, AnswerForm, Offers, StopForm
from ..hosting import Hosting
from ..models import TourVisit
from ..queries.hosting import SEES, CompanionLine, HostingPage, hosting_page, one_prepared
from ..queries.one import page_of
from ..queries.routes import StopLine


@needs(*SEES)
@require_GET
def hosting(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What is prepared, by whom, what is missing."""
    return page_with(request, found(request, visit_id))


@needs(*SEES)
@require_GET
def paper(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """接待方案 on A4, as it stands, for the printer."""
    row = found(request, visit_id)
    shown = _shown(request, row)
    plan = page_of(badge_of(request), row, timezone.now()).tasks
    context = {"shown": shown, "row": row, "tasks": plan, "now": timezone.now()}
    return render(request, "tours/hosting_paper.html", context)


@needs(*SEES)
@require_POST
def prepare(request: HttpRequest, visit_id: UUID, task: str) -> HttpResponse:
    """One fact of the preparation; a refusal stays on the page with what was typed."""
    row = found(request, visit_id)
    if task not in FORMS:
        raise Http404
    form = FORMS[task](request.POST, offers=_offers(_shown(request, row)))

    def deed(told: Told) -> Deed[Prepared]:
        return form.deed(visit_id)

    return submit(
        request,
        form,
        deed,
        page=lambda: page_with(request, found(request, visit_id), task, form),
        then=reverse("tours:hosting", args=[visit_id]),
        said=SAID[task],
    )


@needs(*SEES)
@require_POST
def drop(request: HttpRequest, visit_id: UUID, ask: int) -> HttpResponse:
    """A leader isn't needed any more."""
    found(request, visit_id)
    then = reverse("tours:hosting", args=[visit_id])
    deed = drop_companion.given(visit_id=visit_id, ask=ask)
    return perform(request, deed, then=then, said="已经取消，本人会收到通知。")


@needs(*SEES)
@require_http_methods(["GET", "POST"])
def companion(request: HttpRequest, visit_id: UUID, ask: int) -> HttpResponse:
    """A leader answers whether they accompany the visit; reception may write down what they said."""
    shown = _shown(request, found(request, visit_id))
    line = next((one for one in shown.companions if one.told.number == ask), None)
    if line is None or not (line.mine or shown.is_reception):
        raise Http404
    others = [pair for pair in shown.seniors if pair[0] != line.told.who]
    form = AnswerForm(sent(request), others=others)
    return submit(
        request,
        form,
        lambda told: form.deed(visit_id, ask),
        page=lambda: _answer_page(request, shown, line, form),
        then=reverse("tours:hosting", args=[visit_id]),
        said="答复记下了。",
    )


def found(request: HttpRequest, visit_id: UUID) -> TourVisit:
    """A visit whose preparation this person may see; 404 otherwise."""
    site_id(request)
    row = one_prepared(badge_of(request), visit_id, timezone.now())
    if row is None:
        raise Http404
    return row


def _shown(request: HttpRequest, row: TourVisit) -> HostingPage:
    return hosting_page(badge_of(request), row, timezone.now())


def _answer_page(
    request: HttpRequest, shown: HostingPage, line: CompanionLine, form: AnswerForm
) -> HttpResponse:
    context = {"shown": shown, "row": shown.row, "line": line, "form": form}
    context["refused"] = first_error(form)
    return render(request, "tours/companion.html", context, status=status(form))


def page_with(
    request: HttpRequest, row: TourVisit, task: str = "", form: KeyedForm | None = None
) -> HttpResponse:
    """The page of a visit's preparation, with a form that was refused."""
    shown = _shown(request, row)
    offers = _offers(shown)
    forms_: dict[str, KeyedForm] = {
        name: FORMS[name](offers=offers, initial=initial(name, shown.hosting))
        for name, part in shown.parts.items()
        if part.may
    }
    if form is not None:
        forms_[task] = form
    stop = {"version": shown.route.version, "minutes": max(5, min(shown.route.left, 30))}
    if "route-add" not in forms_:
        offered, people = list(shown.route.offered), list(shown.route.people)
        forms_["route-add"] = StopForm(areas=offered, people=people, initial=stop)
    context = {
        "shown": shown,
        "row": row,
        "forms": forms_,
        "stops": [
            (line, _changed(form, task, line) or _stop_form(line, shown.route.version))
            for line in shown.route.stops
        ],
        "bound": task if form else "",
        "refused": first_error(form) if form else "",
    }
    return render(request, "tours/hosting.html", context, status=status(form))


def _changed(form: KeyedForm | None, task: str, line: StopLine) -> KeyedForm | None:
    """The form with which this part was to be changed, where that was refused."""
    own = task == "route-change" and form is not None and form["n"].value() == str(line.n)
    return form if own else None


def _stop_form(line: StopLine, version: int) -> StopForm:
    """What a part of the way is changed with."""
    told = {
        "version": version,
        "n": line.n,
        "minutes": line.stop.minutes,
        "who": line.stop.who,
        "area": line.stop.area,
    }
    place = [(line.stop.area, line.title)]
    return StopForm(areas=place, people=list(line.people), initial=told, which=str(line.n))


def _offers(shown: HostingPage) -> Offers:
    row = shown.row
    return Offers(
        timezone.localtime(row.starts_at).date(), row.headcount, list(shown.seniors), list(shown.leaders),
        str(row.words.get("diet", "")), timezone.now(),
    )  # fmt: skip


def initial(task: str, kept: Hosting) -> dict[str, object]:
    """What a form shows first: what holds."""
    note, meal, direction = kept.note, kept.meal, kept.direction
    if task == "analysis" and note:
        return {"aims": note.aims, "needs": note.needs, "care": note.care}
    if task == "direction" and direction:
        told = {"serve": direction.serve, "directed_by": direction.directed_by}
        return {**told, "said": direction.said}
    if task == "meal" and meal:
        return {
            "time": timezone.localtime(meal.starts_at).time(), "place": meal.place, "guests": meal.guests,
            "ours": meal.ours, "per_head": f"{meal.per_head / 100:.2f}", "diet": meal.diet, "note": meal.note,
        }  # fmt: skip
    return {}
