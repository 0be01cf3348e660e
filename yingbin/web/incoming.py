"""What comes in is text that can be kept, or it goes no further: 400 with a sentence, never a 500.

Forms check their own fields; this is for all the others too, so that nothing the database can't keep
reaches it, and no statement fails with a customer's words in it.
"""

import json
from collections.abc import Callable, Iterator

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Get = Callable[[HttpRequest], HttpResponse]

# Characters of one field; a drawn signature is the longest that any form takes.
LONGEST = 60_000
LONGEST_KEY = 80
KEY = "这一页的提交编号不对。什么都没有保存，请刷新页面后重新填写再提交。"
BROKEN = (
    "有一项里夹着看不见的字符，多半是从别处复制来的。什么都没有保存，请返回上一页删掉后重新输入。"
)
TOO_LONG = "有一项写得太长了。什么都没有保存，请返回上一页写短一些再提交。"
UNKEPT = "有一项太长或格式不对，存不下来。什么都没有保存，请返回上一页改好再提交。"


def incoming(get_response: Get) -> Get:
    """Refuses text that can't be kept before any view works with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        why = _what_is_wrong(request)
        return _refused(request, why) if why else None

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _refused(request, UNKEPT) if isinstance(exception, DataError) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def is_key(text: str) -> bool:
    """Whether a write may be known by this: short, and without anything invisible."""
    return len(text) <= LONGEST_KEY and text.isprintable()


def is_text(text: str) -> bool:
    """Whether the database and the journal can keep it: no control character but line ends and tabs,
    no half of a character."""
    return text.isprintable() or not any(
        (c < " " and c not in "\n\r\t") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text
    )


def _what_is_wrong(request: HttpRequest) -> str:
    if not is_text(request.path):
        return BROKEN
    keys = (request.headers.get("Idempotency-Key", ""), *request.GET.getlist("key"))
    if not all(map(is_key, keys)):
        return KEY
    return _wrong(_asked(request)) or ("" if _has_no_form(request) else _wrong(_sent(request)))


def _has_no_form(request: HttpRequest) -> bool:
    """The API's bodies are JSON, checked field by field by its own types."""
    return request.method != "POST" or request.path.startswith("/api/")


def _asked(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.GET.lists():
        for value in values:
            yield name, value


def _sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        for value in values:
            yield name, value
    for name, files in request.FILES.lists():
        for file in files:
            yield name, file.name or ""


def _wrong(fields: Iterator[tuple[str, str]]) -> str:
    for name, value in fields:
        if name == "key" and not is_key(value):
            return KEY
        if not (is_text(name) and is_text(value)):
            return BROKEN
        if len(name) + len(value) > LONGEST:
            return TOO_LONG
    return ""


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        said = {"type": "about:blank", "title": "请求不完整", "status": 400, "clause": None}
        body = json.dumps({**said, "detail": why}, ensure_ascii=False)
        return HttpResponse(body, status=400, content_type="application/problem+json")
    return render(request, "pages/400.html", {"why": why}, status=400)
