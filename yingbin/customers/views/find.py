"""The search box, and a new card."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import acting, person_id, sent, site_id, status, tried
from yingbin.people.access import may, needs

from .. import actions, queries
from ..forms import RegisterForm


@needs("customers.find")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """One box, and below it what it found, or one's own or the latest customers."""
    return render(request, "customers/index.html", _found(request))


@needs("customers.find")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The results alone, while one types."""
    return render(request, "customers/_found.html", _found(request))


def _found(request: HttpRequest) -> dict[str, object]:
    text, site = request.POST.get("q", "").strip(), site_id(request)
    if text:
        return {"q": text, "found": queries.find(site, text, limit=20)}
    if may(request, "customers.all"):
        return {"q": "", "found": queries.lately(site), "heading": "最近来过的客户"}
    return {"q": "", "found": queries.own(site, person_id(request)), "heading": "我的客户"}


@needs("customers.edit")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A new card; a known customer's own card where name and phone are known already (TQ-8)."""
    form = RegisterForm(sent(request))
    if form.is_valid():
        told = form.cleaned_data
        deed = actions.register.given(
            name=told["name"], phone=told["phone"], title=told["title"], note=told["note"]
        )
        if done := tried(form, lambda: deed(acting(request))):
            _say(request, done.known)
            return redirect("customers:card", customer_id=done.customer)
    context = {"form": form, "wording": queries.wording_in_force(site_id(request)).text}
    return render(request, "customers/register.html", context, status=status(form))


def _say(request: HttpRequest, known: bool) -> None:
    if known:
        messages.info(request, "这位客户以前登记过，这是原来的卡片，没有重复登记。")
    else:
        messages.success(request, "客户已登记。请告知客户资料的用途，并在卡片上记下是否同意。")
