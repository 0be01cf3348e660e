"""Signing in again where one was: the page asks in place, keeps what was typed, and sends it once more."""

from uuid import UUID

from django.contrib.auth import authenticate
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.doors import open_to_all
from yingbin.rules.decision import Refused

from .. import actions, queries
from ..handing import for_customers, handed
from ..models import SharedTablet, Staff
from ..signin import begin
from .signin import WRONG_CODE, code_fits
from .tablet_cookie import tablet_of

WRONG = "密码不对，请再输一次。页面上的内容都还在。"
MOVED = "您现在不在这一页的项目里了，内容不能再送出。请换人登录，或者回首页。"
GONE = "这个账号不能登录了。请换人登录，或者找管理者。"


@for_customers
@open_to_all
@never_cache
@require_GET
def here(request: HttpRequest) -> JsonResponse:
    """What has become of the session of the page of `who`: in, out, handed, other; and a form's token."""
    staff = _who(request.GET.get("who", ""))
    said: dict[str, object] = {"state": _state(request, staff), "token": get_token(request)}
    if said["state"] == "out":
        said["pin"] = _takes_pin(tablet_of(request), staff)
    return JsonResponse(said)


def _state(request: HttpRequest, staff: Staff | None) -> str:
    if not request.user.is_authenticated:
        return "out"
    if staff is None or request.user.pk != staff.id:
        return "other"
    if handed(request.session):
        return "handed"
    return "change" if staff.must_change_password else "in"


def _who(text: str) -> Staff | None:
    try:
        return Staff.objects.filter(id=UUID(text), is_active=True).first()
    except ValueError:
        return None


def _takes_pin(tablet: SharedTablet | None, staff: Staff | None) -> bool:
    """Whether a PIN opens this tablet for this person."""
    if tablet is None or staff is None or not staff.pin:
        return False
    return staff in queries.people_on_tablets(tablet.site_id, timezone.now())


@open_to_all
@never_cache
@sensitive_post_parameters("secret", "code")
@require_POST
def again(request: HttpRequest) -> JsonResponse:
    """The same person gives PIN, or password and code, and goes on where they were; JSON."""
    staff = _who(request.POST.get("who", ""))
    if staff is None:
        return JsonResponse({"why": GONE}, status=422)
    if request.user.is_authenticated:
        return JsonResponse({"state": _state(request, staff), "token": get_token(request)})
    site = request.POST.get("site", "")
    try:
        how = _proven(request, staff)
        if site and site not in {str(s.id) for s in queries.sites_of(staff, timezone.now())}:
            raise Refused(None, MOVED)
    except Refused as no:
        return JsonResponse({"why": no.message}, status=422)
    if how == "code":
        return JsonResponse({"need": "code"}, status=422)
    begin(request, staff, how=how)
    if site:
        request.session["site_id"] = site
    return JsonResponse({"state": _state(request, staff), "token": get_token(request)})


def _proven(request: HttpRequest, staff: Staff) -> str:
    """How the person proved to be themselves; `code` while the second factor is owed. `Refused` if not."""
    secret = request.POST.get("secret", "")
    if secret.isdecimal() and len(secret) <= 6 and _takes_pin(tablet_of(request), staff):
        actions.check_pin(staff_id=staff.id, pin=secret)
        return "pin"
    if not secret or authenticate(request, username=staff.account, password=secret) is None:
        raise Refused(None, WRONG)
    actions.clear_pin_failures(staff_id=staff.id)
    if not queries.has_totp(staff):
        return "password"
    code = request.POST.get("code", "").strip()
    if not code:
        return "code"
    if not code_fits(request, staff, code):
        raise Refused(None, WRONG_CODE)
    return "second_factor"
