"""A file taken in, shown to whoever may see it, taken back. Bytes are only ever an image or a download."""

from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yingbin.journal.write import KeyReused
from yingbin.pages.doing import REFUSED, acting
from yingbin.people.access import badge_of, signed_in
from yingbin.rules.decision import Refused

from . import actions, store
from .access import file_for
from .contents import MAX_BYTES
from .models import StoredFile
from .owners import may_add


@signed_in
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """One picture from a page's script: its id, or why not; the same key stores once."""
    owner, sent = request.POST.get("owner", ""), request.FILES.get("file")
    if getattr(request, "site", None) is None or not may_add(badge_of(request), owner):
        return JsonResponse({"why": "您的角色不能在这里附照片。"}, status=403)
    if sent is None:
        return JsonResponse({"why": "没有收到照片，请再选一次。"}, status=REFUSED)
    try:
        data = sent.read(MAX_BYTES + 1)
        file_id = actions.take_in(acting(request), owner=owner, data=data)
    except (Refused, KeyReused) as no:
        return JsonResponse({"why": no.message}, status=REFUSED)
    return JsonResponse({"id": str(file_id), "small": reverse("files:small", args=[file_id])})


@signed_in
@require_POST
def remove(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Takes back a file of one's own that was not submitted yet."""
    try:
        there = actions.remove(acting(request), file_id=file_id)
    except (Refused, KeyReused) as no:
        return JsonResponse({"why": no.message}, status=REFUSED)
    return JsonResponse({"removed": there})


@signed_in
@require_safe
def whole(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The picture as large as a screen needs it, or the scan as a download."""
    row = _found(request, file_id)
    return _bytes(request, row, row.name, row.sha256)


@signed_in
@require_safe
def small(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The small picture; a scan has none."""
    row = _found(request, file_id)
    if not row.is_picture:
        raise Http404
    return _bytes(request, row, row.small, f"{row.sha256}-small")


def _found(request: HttpRequest, file_id: UUID) -> StoredFile:
    """Somebody else's file answers like one that doesn't exist."""
    row = file_for(request, file_id)
    if row is None:
        raise Http404
    return row


def _bytes(request: HttpRequest, row: StoredFile, name: str, mark: str) -> HttpResponse:
    etag = f'"{mark}"'
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponseNotModified(), etag)
    try:
        # Read whole: a store that breaks off in the middle must not look like an answer.
        data = store.get(name)
    except FileNotFoundError:
        raise Http404 from None
    if row.is_picture:
        answer: HttpResponse = HttpResponse(data, content_type="image/jpeg")
        answer["Content-Disposition"] = f'inline; filename="{row.id}.jpg"'
    else:
        answer = HttpResponse(data, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{row.id}.pdf"'
    return _guarded(answer, etag)


def _guarded(answer: HttpResponse, etag: str) -> HttpResponse:
    """Whatever is in the bytes, a browser runs none of it; it keeps them, but asks us each time before it shows them."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = etag
    return answer
