"""The HTTP API's shell at /api/v1/: tokens, limits, problems in words, the OpenAPI document."""

import time
from datetime import datetime
from functools import cache, partial
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.module_loading import import_string
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.parser import Parser
from ninja.throttling import AuthRateThrottle, BaseThrottle
from pydantic import create_model

from yingbin import __version__
from yingbin.journal.models import Ledger
from yingbin.journal.write import KeyReused, NotSaved
from yingbin.pages.doors import open_to_all
from yingbin.pages.wing import paths
from yingbin.people.bearing import FAULTS, ByToken, OwnRefusal, Stopped, WingStatus
from yingbin.people.counting import count_call
from yingbin.people.queries import Bearer
from yingbin.rules.decision import Refused
from yingbin.rules.turns.version import RULE_VERSION

E = TypeVar("E", bound=Refused)


class PerToken(AuthRateThrottle):
    """Counts calls of a token, over all processes together, in windows that follow one another."""

    def allow_request(self, request: HttpRequest) -> bool:
        """One counter for each token and kind of call; what is over the limit is counted too."""
        who: Bearer | None = getattr(request, "bearer", None)
        kind = "read" if request.method == "GET" else "write"
        if who is None or (kind == "read") != (self.scope == "read"):
            return True
        window = int(time.time() // self.seconds)
        return count_call(who.token_id, kind, window) <= (self.num_requests or 0)

    @property
    def seconds(self) -> int:
        """How long a window lasts."""
        return self.duration or 60

    def wait(self) -> float:
        """Seconds until the next window."""
        return self.seconds - time.time() % self.seconds


class Reads(PerToken):
    """How often a token may read."""

    scope = "read"


class Writes(PerToken):
    """How often a token may write."""

    scope = "write"


class Shell(NinjaAPI):
    """Ninja's API with problems in the document as they are sent."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None
    ) -> Any:
        """The OpenAPI 3.1 document, drawn up once; every refusal is `application/problem+json`, with its title."""
        return self._document(path_prefix or self.get_root_path(path_params or {}))

    @cache  # noqa: B019 (there is one API)
    def _document(self, prefix: str) -> Any:
        document = super().get_openapi_schema(path_prefix=prefix)
        for path in document["paths"].values():
            for call in path.values():
                for status, answer in call["responses"].items():
                    if int(status) >= 400:
                        answer["description"] = TITLES[int(status)]
                        answer["content"] = {PROBLEM: answer["content"]["application/json"]}
        return document


class Objects(Parser):
    """A body is one JSON object; a list or a bare value is refused rather than read as nothing."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises ValueError for what isn't an object."""
        told = super().parse_body(request)
        if not isinstance(told, dict):
            raise ValueError("not an object")
        return told


LIMITS: list[BaseThrottle] = [
    Reads(settings.YINGBIN_API_READS),
    Writes(settings.YINGBIN_API_WRITES),
]
PROBLEM = "application/problem+json"
api = Shell(
    title="迎宾 API",
    version=__version__,
    description="到访、轮排、判定、客户。与页面用同样的动作，规则、幂等与留痕都一样。",
    auth=ByToken(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    throttle=LIMITS,
    parser=Objects(),
)
for router in paths("routers"):
    api.add_router("", router)

TITLES = {
    400: "请求不完整",
    401: "没有密钥",
    403: "不允许",
    404: "没有找到",
    409: "和已有的冲突",
    422: "内容不对",
    429: "太频繁",
    503: "没有保存",
}


def _problem(
    request: HttpRequest, status: int, detail: str, clause: str | None = None, **more: str
) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "出错了"),
        "status": status,
        "detail": detail,
        "clause": clause,
        **more,
    }
    answer = api.create_response(request, body, status=status)
    answer["Content-Type"] = PROBLEM
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Refused)
def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """The rules say no, in the words the pages use."""
    return _problem(request, 422, no.message, no.clause)


def refused_otherwise(own: OwnRefusal[E], request: HttpRequest, no: E) -> HttpResponse:
    """A wing says no in a way of its own."""
    return _problem(request, own.status, clause=no.clause, **own.told(no))


for path in paths("refusals"):
    refusal: OwnRefusal[Refused] = import_string(path)
    api.add_exception_handler(refusal.kind, partial(refused_otherwise, refusal))


@api.exception_handler(Stopped)
def stopped(request: HttpRequest, no: Stopped) -> HttpResponse:
    """Not this token, not this thing, no key."""
    return _problem(request, no.status, no.detail)


@api.exception_handler(KeyReused)
def reused(request: HttpRequest, no: KeyReused) -> HttpResponse:
    """The same key came with something else."""
    return _problem(request, 409, "这个 Idempotency-Key 已经用来写过别的内容，请换一个。")


@api.exception_handler(NotSaved)
def not_saved(request: HttpRequest, no: NotSaved) -> HttpResponse:
    """The database is away; the same key may be sent again."""
    answer = _problem(request, 503, "没有保存成功，请用同一个 Idempotency-Key 再试。")
    answer["Retry-After"] = "2"
    return answer


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, no: AuthenticationError) -> HttpResponse:
    """No token, or one that is unknown, revoked or expired."""
    return _problem(request, 401, "请带上 Authorization: Bearer 密钥；密钥可能已停用或过期。")


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, no: Throttled) -> HttpResponse:
    """Too often."""
    wait = int(no.wait or 1) + 1
    answer = _problem(request, 429, f"调用太频繁，请 {wait} 秒后再试。")
    answer["Retry-After"] = str(wait)
    return answer


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, no: ValidationError) -> HttpResponse:
    """Fields that are wrong, by name."""
    names = "、".join(dict.fromkeys(str(e["loc"][-1]) for e in no.errors))
    return _problem(request, 422, f"这些内容不对：{names}。请对照接口文档改正。")


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, no: HttpError) -> HttpResponse:
    """A body that can't be read."""
    return _problem(request, no.status_code, "请求读不懂：请发送 UTF-8 编码的 JSON。")


class HouseStatus(Schema):
    """Where the token belongs, what it may do now, how far the journal is."""

    site: UUID
    site_name: str
    token: str
    allowed: list[str]
    expires_at: datetime | None
    journal_seq: int
    rule_version: str
    version: str


_PARTS: list[type[WingStatus]] = [import_string(path) for path in paths("status")]
StatusOut: type[Schema] = create_model("StatusOut", __base__=(HouseStatus, *_PARTS))


@api.get("/status", response={200: StatusOut, **FAULTS}, tags=["状态"])
def status(request: HttpRequest) -> Any:
    """这个密钥属于哪里、能做什么；是否开场，记录链到哪一条，用的哪一版规则。答得出即是正常。"""
    who: Bearer = request.bearer  # type: ignore[attr-defined]
    ledger = Ledger.objects.filter(site_id=who.site_id).first()
    return {
        "site": who.site_id,
        "site_name": who.site_name,
        "token": who.name,
        "allowed": who.allowed,
        "expires_at": who.expires_at,
        "journal_seq": ledger.seq if ledger else 0,
        "rule_version": RULE_VERSION,
        "version": __version__,
        **{k: v for part in _PARTS for k, v in part.at(who.site_id).dict().items()},
    }


def addresses() -> list[URLPattern]:
    """The API's addresses, each marked as opened by a token alone."""
    patterns: list[Any] = api.urls[0]
    for pattern in patterns:
        plain = pattern.name in ("openapi-json", "api-root")
        pattern.callback.access = "open" if plain else "token"
    return patterns


@open_to_all
def docs(request: HttpRequest) -> HttpResponse:
    """The API in words, made from the same OpenAPI document that programs read."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    calls = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "web/api.html", {"calls": calls, "info": schema["info"]})
