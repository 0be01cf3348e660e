"""A post that came without a session, from a browser without our script: what was typed is handed back, to be sent again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never handed back: a password is typed anew.
_SECRETS = frozenset(
    {"csrfmiddlewaretoken", "password", "secret", "pin", "code", "present", "new", "again"}
)


def handed_back(request: HttpRequest, *, signed_out: bool) -> HttpResponse | None:
    """The page that keeps the fields and sends them once more under the same key; 401 or 403.

    None for what another site made the browser send: its words get no button here.
    """
    if request.method != "POST" or not _from_here(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _SECRETS
        for value in values
    ]
    context = {"fields": fields, "signed_out": signed_out, "files": bool(request.FILES)}
    answer = render(request, "people/unsent.html", context, status=401 if signed_out else 403)
    answer["Cache-Control"] = "no-store"
    return answer


def _from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
