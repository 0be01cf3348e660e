"""The visitor's telephone is their own: a code, where the house has somebody who sends it."""

from django.http import HttpRequest
from django.utils import timezone

from yingbin.customers.numbers import whole_number
from yingbin.pages.phones import masked
from yingbin.people.models import Site
from yingbin.people.signin import client_ip

from ..forms.application import ApplicationForm
from ..phone_code import NotSent, code_holds, send_code, sender

SAID = {
    "zh": {
        "sent": "验证码已经发到 {}，十分钟内有效。填在下面，再提交一次；没有收到，把验证码清空再提交就重发。",
        "wrong": "验证码不对、过期，或试的次数太多。请核对；要新的，把验证码清空再提交。",
        "many": "这个号码要验证码太多次了，请过十分钟再试，或打电话给前台。您填的都还在。",
        "failed": "验证码没有发出去，请过几分钟再试，或打电话给前台。您填的都还在。",
    },
    "en": {
        "sent": "A code was sent to {}; it holds for ten minutes. Write it below and send again. To get a new one, empty the box and send.",
        "wrong": "The code is wrong or too old, or was tried too often. To get a new one, empty the box and send again.",
        "many": "Too many codes were asked for. Please try again in ten minutes, or telephone us. What you wrote is still here.",
        "failed": "The code could not be sent. Please try again in a few minutes, or telephone us. What you wrote is still here.",
    },
}  # fmt: skip


class Proof:
    """What an application carries to prove its telephone. mark: of the code that was sent; waits: for it to be typed."""

    def __init__(self, request: HttpRequest, form: ApplicationForm, site: Site, lang: str) -> None:
        self.request, self.form, self.site, self.lang = request, form, site, lang
        self.needed = sender() is not None
        self.mark, self.waits, self.said = request.POST.get("proof", "")[:200], False, ""

    def ask(self) -> None:
        """Tries what was typed, or sends a code; a form that is refused already is sent none."""
        form, words = self.form, SAID[self.lang]
        if not self.needed or form.errors:
            return
        phone = whole_number(form.cleaned_data["phone"]) or ""
        told = (self.site.id, form.cleaned_data["key"], phone)
        here, now = client_ip(self.request), timezone.now()
        if code := form.cleaned_data["code"]:
            if not code_holds(*told, code, self.mark, here, now):
                form.refuse(words["wrong"], "code")
            return
        try:
            self.mark = send_code(*told, self.lang, here, now)
        except NotSent as no:
            form.refuse(words["many" if no.many else "failed"])
            return
        self.waits, self.said = True, words["sent"].format(masked(phone))
