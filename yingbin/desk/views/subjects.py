"""事项: which there are and who serves them; drawn anew by the manager, each time a version of the policy (SD-4.2.2)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import may, needs
from yingbin.people.queries import departments_of, names_of

from ..actions.subjects import Drawn, seen_as, set_subjects
from ..choices import chosen_at
from ..forms.subjects import SubjectsForm
from ..queries.subjects import drawn_versions, subject_lines


@needs("desk.see", "desk.manage")
@require_GET
def subjects(request: HttpRequest) -> HttpResponse:
    """What there is and who serves it, and when that was changed."""
    site = site_id(request)
    chosen, drawn = chosen_at(site, timezone.now()), drawn_versions(site)
    context = {
        "lines": subject_lines(site, chosen),
        "scoped": chosen.scoped,
        "versions": drawn,
        "names": names_of([one.by for one in drawn if one.by]),
        "draws": may(request, "desk.manage"),
    }
    return render(request, "desk/subjects.html", context)


@needs("desk.manage")
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """All of them in one form."""
    site = site_id(request)
    chosen = chosen_at(site, timezone.now())
    departments = [(f"department:{one.id}", one.name) for one in departments_of(site)]
    form = SubjectsForm(sent(request), chosen=chosen, seen=seen_as(chosen), departments=departments)
    return submit(
        request,
        form,
        lambda told: set_subjects.given(
            topics=form.drawn(), scoped=told["scoped"], reason=told["reason"], seen=told["seen"]
        ),
        page=partial(_page, request, form),
        then=reverse("desk:subjects"),
        said=_said,
    )


def _said(done: Drawn) -> str:
    more = f"，新加 {done.added} 项" if done.added else ""
    return f"已定下{more}。已经登记的事不变，新的按这一版。"


def _page(request: HttpRequest, form: SubjectsForm) -> HttpResponse:
    return render(request, "desk/subjects_edit.html", {"form": form}, status=status(form))
