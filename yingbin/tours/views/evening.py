"""参观证对账: every pass accounted for before the gates close (CV-4.1)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doing import came_from, perform, site_id, status, submit
from yingbin.people.access import may, needs

from ..actions import gate_verbs as verbs
from ..forms.gate import BackForm, ReasonForm
from ..live import SEES
from ..queries.evening import evening as evening_of
from ..reading import presented


@needs(*SEES)
@require_GET
def evening(request: HttpRequest) -> HttpResponse:
    """What is out still, and how each visit balances."""
    return _evening(request)


def _evening(
    request: HttpRequest, form: ReasonForm | None = None, back: BackForm | None = None
) -> HttpResponse:
    context = {
        "evening": evening_of(site_id(request), timezone.now()),
        "back": back or BackForm(again="back" in request.GET),
        "signs": may(request, "gate.supervise"),
        "revokes": may(request, "gate.supervise", "tours.reception"),
        "form": form or ReasonForm(),
        "now": timezone.now(),
    }
    return render(request, "tours/gate_evening.html", context, status=status(form, back))


@needs("gate.supervise")
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """The evening's reconciliation is written down."""
    return perform(
        request,
        verbs.end_day.given(),
        then=reverse("tours:evening"),
        said=lambda out: (
            f"对账记下了：还有 {out} 张没有交还，请追回。" if out else "对账记下了，证都交还了。"
        ),
    )


@needs(*SEES)
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Cards from a pile, one scan each: a code of whatever revision, or a number."""
    form = BackForm(request.POST)
    number = 0
    if form.is_valid():
        shown = presented(site_id(request), form.cleaned_data["code"], timezone.now())
        number = shown.number
    return submit(
        request,
        form,
        lambda _: verbs.take_back.given(number=number),
        page=lambda: _evening(request, back=form),
        then=f"{reverse('tours:evening')}?back=1",
        said=f"{number} 号证收回了，扫下一张。",
    )


@needs(*SEES)
@require_POST
def all_back(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """All passes of a visit were given back."""
    return perform(
        request,
        verbs.take_all_back.given(visit_id=visit_id),
        then=reverse("tours:evening"),
        said=lambda many: f"这一批 {many} 张都收回了。",
    )


@needs(*SEES)
@require_POST
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    """A pass was given back."""
    then = came_from(request, reverse("tours:evening"))
    return perform(
        request, verbs.take_back.given(number=number), then=then, said=f"{number} 号证收回了。"
    )


@needs("gate.supervise", "tours.reception")
@require_POST
def lose(request: HttpRequest, number: int) -> HttpResponse:
    """A pass is lost."""
    then = came_from(request, reverse("tours:evening"))
    said = f"{number} 号证挂失了，谁拿着它都进不来。"
    return perform(request, verbs.lose.given(number=number), then=then, said=said)


@needs("gate.supervise", "tours.reception")
@require_POST
def change(request: HttpRequest, number: int, event: str) -> HttpResponse:
    """A pass is revoked, or issued anew, with a reason."""
    form = ReasonForm(request.POST)
    deeds = {"revoke": verbs.revoke, "reissue": verbs.reissue}
    words = {
        "revoke": f"{number} 号证作废了。",
        "reissue": f"{number} 号证换发了新的一版，纸的请重印。",
    }
    verb = deeds["reissue" if event == "reissue" else "revoke"]
    return submit(
        request,
        form,
        lambda told: verb.given(number=number, reason=told["reason"]),  # type: ignore[attr-defined]
        page=lambda: _evening(request, form),
        then=reverse("tours:evening"),
        said=words["reissue" if event == "reissue" else "revoke"],
    )
