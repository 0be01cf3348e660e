"""技能与班次: who can do what and works when; a head writes it down for their people, the manager for all (SD-4.2.2)."""

from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import badge_of, needs

from ..actions.crew import seen_of, seen_skills, set_skills, set_worker
from ..choices import chosen_at
from ..crew import crew_at
from ..forms.crew import SkillsForm, WorkerForm
from ..queries.crew import crew_lines, keeps, may_keep, person_named

READERS = ("desk.see", "desk.work")
NOT_YOURS = "只有他的部门负责人和主任能改。"


@needs(*READERS)
@require_GET
def crew(request: HttpRequest) -> HttpResponse:
    """Everybody of the departments, and how they stand now."""
    site, now, badge = site_id(request), timezone.now(), badge_of(request)
    held, kept = crew_at(site, now), keeps(badge, now)
    topics = {one.key: one.title for one in chosen_at(site, now).subjects}
    skills = [(one.title, [topics[key] for key in one.subjects if key in topics]) for one in held.offered]  # fmt: skip
    context = {
        "teams": crew_lines(badge, held, now),
        "skills": skills,
        "draws": kept is None or bool(kept),
    }
    return render(request, "desk/crew.html", context)


@needs(*READERS)
@require_http_methods(["GET", "POST"])
def worker(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One worker's skills and hours."""
    site, now, badge = site_id(request), timezone.now(), badge_of(request)
    name = person_named(badge, staff_id, now)
    if not name:
        raise Http404
    if not may_keep(badge, staff_id, now):
        raise PermissionDenied(NOT_YOURS)
    held = crew_at(site, now)
    form = WorkerForm(
        sent(request), crew=held, worker=held.by_worker.get(staff_id), seen=seen_of(held, staff_id)
    )
    return submit(
        request,
        form,
        lambda told: set_worker.given(
            worker=form.worker(staff_id), reason=told["reason"], seen=told["seen"]
        ),
        page=partial(_page, request, "desk/worker.html", form, name),
        then=reverse("desk:crew"),
        said=f"已记下{name}的技能和班次，派工马上按这个建议。",
    )


@needs(*READERS)
@require_http_methods(["GET", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """The office's words for skills, in one form."""
    site, now = site_id(request), timezone.now()
    kept = keeps(badge_of(request), now)
    if kept is not None and not kept:
        raise PermissionDenied("只有部门负责人和主任能改工种。")
    held, topics = crew_at(site, now), chosen_at(site, now).offered
    form = SkillsForm(sent(request), crew=held, topics=topics, seen=seen_skills(held))
    return submit(
        request,
        form,
        lambda told: set_skills.given(
            skills=form.drawn(), reason=told["reason"], seen=told["seen"]
        ),
        page=partial(_page, request, "desk/skills.html", form),
        then=reverse("desk:crew"),
        said="工种已定下，派工马上按这个建议。",
    )


def _page(
    request: HttpRequest, page: str, form: WorkerForm | SkillsForm, name: str = ""
) -> HttpResponse:
    return render(request, page, {"form": form, "name": name}, status=status(form))
