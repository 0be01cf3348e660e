"""答案库: looked up, written, changed, used on an enquiry (SD-4.2.1)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.pages.asked import paged, uid
from yingbin.pages.doing import perform, sent, site_id, status, submit
from yingbin.people.access import badge_of, needs
from yingbin.people.queries import names_of

from ..actions.answers import change, keep, use
from ..choices import chosen_at
from ..forms.answers import AnswerForm
from ..models import AnswerEntry, DeskMatter
from ..queries import answers
from ..queries.one import page_of, seen

A_PAGE = 25


@needs("desk.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All entries, or those that hold some words."""
    site, now, words = site_id(request), timezone.now(), request.GET.get("q", "").strip()[:40]
    page = paged(request.GET, answers.found(site, words), A_PAGE)
    context = {
        "page": page, "words": words, "query": f"q={words}&",
        "lines": answers.answer_lines(site, page.object_list, now),
    }  # fmt: skip
    return render(request, "desk/answers.html", context)


@needs("desk.see")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry; `of`, an enquiry that was answered, fills it in."""
    source = _enquiry(request, request.POST.get("of") or request.GET.get("of"))
    initial: dict[str, object] = {}
    if source is not None:
        shown = page_of(badge_of(request), source, timezone.now())
        initial = {
            "question": source.matter.title, "subject": source.subject, "answer": shown.answer,
        }  # fmt: skip
    form = AnswerForm(sent(request), subjects=_subjects(request), initial=initial)
    of = source.matter_id if source else None
    return submit(
        request,
        form,
        lambda told: keep.given(told=form.wording, grown_from=of),
        page=lambda: render(
            request, "desk/answer_edit.html", {"form": form, "of": of}, status=status(form)
        ),
        then=lambda made: reverse("desk:answer", args=[made.id]),
        said=lambda made: f"收进答案库，第 {made.number} 条。",
    )


@needs("desk.see")
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """An entry to be read and changed, with its versions."""
    row = get_object_or_404(AnswerEntry, site_id=site_id(request), id=entry_id)
    initial = {
        "question": row.question, "subject": row.subject, "answer": row.answer,
        "valid_until": row.valid_until, "version": row.version,
    }  # fmt: skip
    form = AnswerForm(sent(request), subjects=_subjects(request), initial=initial)
    return submit(
        request,
        form,
        lambda told: change.given(
            entry_id=entry_id, told=form.wording, version=told["version"] or 0
        ),
        page=lambda: _page(request, row, form),
        then=reverse("desk:answer", args=[entry_id]),
        said=lambda made: f"已改，现在是第 {made.version} 版，由您担保。",
    )


@needs("desk.see")
@require_POST
def use_on(request: HttpRequest, matter_id: UUID, entry_id: UUID) -> HttpResponse:
    """One tap: the entry is the answer."""
    if seen(badge_of(request), matter_id, timezone.now()) is None:
        raise Http404
    return perform(
        request,
        use.given(entry_id=entry_id, matter_id=matter_id),
        then=reverse("desk:matter", args=[matter_id]),
        said=lambda done: done.because,
    )


def _page(request: HttpRequest, row: AnswerEntry, form: AnswerForm) -> HttpResponse:
    kept = answers.versions(row)
    names = {str(who): name for who, name in names_of({one.by for one in kept}).items()}
    line = answers.answer_lines(row.site_id, [row], timezone.now())[0]
    context = {"line": line, "form": form, "versions": kept, "names": names}
    return render(request, "desk/answer.html", context, status=status(form))


def _enquiry(request: HttpRequest, said: str | None) -> DeskMatter | None:
    """The enquiry that is named; 404 for one of another office, or for something else."""
    site_id(request)
    one = uid(said)
    if one is None:
        return None
    row = seen(badge_of(request), one, timezone.now())
    if row is None or row.matter.kind != "enquiry":
        raise Http404
    return row


def _subjects(request: HttpRequest) -> list[tuple[str, str]]:
    return [(one.key, one.title) for one in chosen_at(site_id(request), timezone.now()).offered]
