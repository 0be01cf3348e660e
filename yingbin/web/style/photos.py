"""Photos in a form, tried out: the style guide keeps them for whoever took them, while developing only."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yingbin.files import actions, queries
from yingbin.files.forms import PhotosField, taken_with
from yingbin.files.owners import Owner
from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.pages.doing import REFUSED, acting, perform, person_id, sent, site_id
from yingbin.pages.forms import KeyedForm, text
from yingbin.people.access import needs
from yingbin.people.queries import Badge


def _own(badge: Badge, about_id: UUID) -> bool:
    return badge.staff_id == about_id


GUIDE = Owner("guide", "样张", ("notices.see",) if settings.DEBUG else (), _own)


class PhotosForm(KeyedForm):
    """A sentence and photos."""

    words = text("说明", 40)
    photos = PhotosField(owner="guide")


@action("guide.photos")
def keep(pen: Pen, *, files: tuple[UUID, ...]) -> int:
    """Attaches photos to whoever took them; how many."""
    return actions.attach(pen, about=("guide", UUID(pen.by)), files=files)


@needs("notices.see")
@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was sent with it."""
    form = PhotosForm(sent(request), request.FILES or None)
    if form.is_bound:
        who = acting(request)
        files = taken_with(who, form)
        if form.is_valid():
            page = lambda: _page(request, form)  # noqa: E731
            return perform(
                request,
                keep.given(files=files),
                then="style:photos",
                said=lambda many: f"收到 {many} 张。",
                form=form,
                page=page,
                who=who,
            )
    return _page(request, form)


def _page(request: HttpRequest, form: PhotosForm) -> HttpResponse:
    me = person_id(request)
    there = queries.files_of(site_id(request), "guide", [me]).get(me, ())
    status = REFUSED if form.is_bound else 200
    return render(request, "web/style/photos.html", {"form": form, "there": there}, status=status)
