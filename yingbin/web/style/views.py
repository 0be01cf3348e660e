"""The style guide and the mocks; open to all, served only while developing."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from yingbin.gallery.forms import ArrivalForm
from yingbin.gallery.live import DRINKS
from yingbin.gallery.queries import board as boards
from yingbin.gallery.views.arrival import GREETING, MANY
from yingbin.pages.doors import open_to_all

from ..navigation import THUMB, Frame, Item, Shelf
from . import sample
from .forms import SampleForm

NAV = [
    ("arrival", "door-in", "到访", None),
    ("waiting", "hourglass", "等待", 3),
    ("mine", "user", "我的", None),
    ("supervision", "shield", "督导", 2),
    ("board", "queue", "轮排", None),
    ("answer", "scale", "判定", None),
]

INBOX = Item("待办", "inbox", "/inbox/", "inbox", "inbox", count=3)


def _frame(request: HttpRequest, name: str) -> dict[str, object]:
    items = tuple(
        Item(
            label, page, f"/style/{page}/", icon, "live", "", page == name, f"n-{page}", count or 0
        )
        for page, icon, label, count in NAV
    )
    shelves = (Shelf("现场", items),)
    # A stranger may look: the signed-in person and the site are made up, nothing is read.
    site = sample.Thing(name="湖畔雅居销售中心", short_name="湖畔雅居")
    user = sample.Thing(is_authenticated=True, name="苏晴")
    return {
        "request": sample.Thing(
            site=site, user=user, COOKIES=request.COOKIES, GET=request.GET, path=request.path
        ),
        "csrf_token": get_token(request),
        "frame": Frame(shelves, shelves, items[:THUMB], inbox=INBOX, more=2, place_kind="销售中心"),
        "badge": sample.Thing(title="接待员"),
        "state": request.GET.get("state", ""),
        "key": "a-key-of-this-form",
        "now": timezone.now(),
    }


def _icons() -> list[str]:
    sprite = Path(str(finders.find("pages/icons.svg"))).read_text("utf-8")
    return re.findall(r'<symbol id="([a-z-]+)"', sprite)


@open_to_all
def guide(request: HttpRequest) -> HttpResponse:
    """Every component on one page; a post shows how a refusal keeps what was typed."""
    form = SampleForm(request.POST or None)
    context = _frame(request, "") | {
        "form": form,
        "looks": {
            "yes": {"icon": "user-plus", "help": "没有登记过"},
            "no": {"icon": "return", "help": "按登记接待人"},
        },
        "colours": ["paper", "surface", "sunk", "line", "edge", "glaze", "accent", "accent-soft"],
        "statuses": ["free", "receiving", "away", "waiting", "owed", "make_up", "danger"],
        "times": [sample.ago(m) for m in (0.2, 7, 130, 1500, 600000)],
        "began": sample.ago(38),
        "until": timezone.now() + timedelta(seconds=118),
        "names": [*sample.PEOPLE[:3], sample.LONG[0]],
        "people": sample.queue(),
        "icons": _icons(),
    }
    if request.method == "POST":
        form.add_error("phone", "电话不是有效号码。大陆手机 11 位；没有就留空。")
    status = 422 if request.method == "POST" else 200
    return HttpResponse(render_to_string("web/style/guide.html", context), status=status)


def _arrival(state: str) -> dict[str, object]:
    live = None if state == "closed" else sample.board()
    found = sample.found() if state != "empty" else []
    people = sample.queue() if state != "long" else sample.crowd()
    for p in people:
        p.word, p.would = boards.WORDS[p.status], "由本人接"
    return {
        "form": ArrivalForm({"first": "no", "contact": "named"} if state == "long" else None),
        "greeting": GREETING,
        "may_call": True,
        "board": live,
        "next": sample.who_next(live, busy=state == "busy") if live else [],
        "found": found,
        "q": "8821" if found else "",
        "sales": people,
        "many_sales": len(people) > MANY,
        "recent": [] if state == "empty" else sample.recent(),
        "next_free": live.free[0] if live else None,
    }


def _answer(state: str) -> dict[str, object]:
    made = sample.decisions()
    made[0].receiver = "r"
    who = "王建国" if state != "long" else sample.LONG[0]
    return {
        "visit": sample.visit(21, "", 2, 1.5),
        "latest": made[0],
        "decisions": made[:1],
        "standing": sample.standing("coming", f"等{who}接单", 1.4, who=who),
        "names": {"r": who},
        "may_call": True,
        "undo_left": 26,
        "undo_until": timezone.now() + timedelta(seconds=26),
    }


def _board(state: str) -> dict[str, object]:
    live = sample.board()
    if state == "long":
        live = sample.board(sample.crowd(), sample.waiting() * 3)
    if state == "empty":
        live = sample.board([], [])
    if state == "calm":
        live = sample.board(groups=[])
    return {"board": live, "code": "482913", "code_until": timezone.now() + timedelta(seconds=21)}


def _mine(state: str) -> dict[str, object]:
    me = sample.person(3, "赵雨桐", counted=1)
    if state == "next":
        me = sample.person(2, "林悦", next=True, make_up=("TQ-7",))
    if state in ("turn", "busy"):
        group = sample.visit(25, "", 2, 0.3)
        me = sample.person(
            1, "赵雨桐", "receiving", visit=group, since=sample.ago(0.3), accepted=state == "busy"
        )
    if state == "away":
        me = sample.person(
            3, "赵雨桐", "away", reason="公事外出", since=sample.ago(47), passed_over=1
        )
    live = sample.board()
    return {
        "me": me,
        "board": live,
        "ahead": [p for p in live.free if p.place < me.place],
        "accept_until": timezone.now() + timedelta(seconds=96),
        "accept_seconds": 120,
        "received": [] if state == "empty" else sample.decisions()[:3],
    }


def _supervision(state: str) -> dict[str, object]:
    live = None if state == "closed" else sample.board()
    present = [(f"p{n}", name, sample.ago(60 - n * 4)) for n, name in enumerate(sample.PEOPLE[:6])]
    return {
        "board": live if state != "long" else sample.board(sample.crowd()),
        "present": present,
        "missing": sample.PEOPLE[6:],
        "decisions": [] if state == "empty" else sample.decisions() * (5 if state == "long" else 1),
        "quiet": state == "empty",
    }


def _waiting(state: str) -> dict[str, object]:
    live = sample.board(groups=[]) if state == "empty" else sample.board()
    answerers = [sample.Thing(id=n, name=name) for n, name in enumerate(sample.PEOPLE)]
    return {"board": live, "drinks": DRINKS, "answerers": answerers}


MOCKS: dict[str, Callable[[str], dict[str, object]]] = {
    "arrival": _arrival,
    "answer": _answer,
    "board": _board,
    "mine": _mine,
    "supervision": _supervision,
    "waiting": _waiting,
}


@open_to_all
def mock(request: HttpRequest, name: str) -> HttpResponse:
    """One screen with believable data; `?state=` shows its other faces."""
    if name not in MOCKS:
        raise Http404
    context = _frame(request, name) | MOCKS[name](request.GET.get("state", ""))
    return HttpResponse(render_to_string(f"web/style/{name}.html", context))


@open_to_all
def error(request: HttpRequest, status: int) -> HttpResponse:
    """A page of refusal as people see it."""
    if status not in (400, 403, 404, 429, 500, 503):
        raise Http404
    return render(request, f"pages/{status}.html", status=status)


@open_to_all  # type: ignore[arg-type]
def live(request: HttpRequest) -> HttpResponseBase:
    """A stream that beats for a while and then falls silent, to watch the lost line."""

    def beats() -> Iterator[str]:
        yield "retry: 500\n\n"
        for n in range(4):
            html = render_to_string("web/style/_live.html", {"n": n, "at": timezone.now()})
            lines = "".join(f"data: {part}\n" for part in html.splitlines())
            yield f"event: sample\nid: {n}\n{lines}\nevent: beat\ndata: {n}\n\n"
            time.sleep(2)
        time.sleep(8)

    return StreamingHttpResponse(beats(), content_type="text/event-stream")
