"""Taking the device back from a customer: the gate that stands before every other page meanwhile."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yingbin.rules.decision import Refused

from ..access import signed_in
from ..handing import for_customers, handed, take_back

LOCKED = 423


def gate(request: HttpRequest, refused: str = "") -> HttpResponse:
    """Whose device it is, and the box for their PIN or password."""
    kept = handed(request.session)
    context = {"kept": kept, "refused": refused, "has_pin": bool(request.user.pin)}  # type: ignore[union-attr]
    answer = render(request, "people/handed.html", context, status=LOCKED)
    answer["Cache-Control"] = "no-store"
    return answer


@for_customers
@never_cache
@sensitive_post_parameters("secret")
@signed_in
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """The person types their PIN or password, and the device is theirs again."""
    if handed(request.session) is None:
        return redirect("home")
    if request.method != "POST":
        return gate(request)
    try:
        return redirect(take_back(request, request.POST.get("secret", "")))
    except Refused as no:
        return gate(request, no.message)
