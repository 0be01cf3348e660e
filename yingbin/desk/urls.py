"""Addresses of the desk."""

from django.urls import path

from .answers_urls import ANSWERS
from .callbacks_urls import CALLBACKS
from .complaints_urls import COMPLAINTS
from .crew_urls import CREW
from .estate_urls import ESTATES
from .paid_urls import PAID
from .subjects_urls import SUBJECTS
from .supervision_urls import SUPERVISION
from .views import attached, lists, one, register, sheet

app_name = "desk"
MATTERS = [
    path("", sheet.index, name="index"),
    path("print/", sheet.printed, name="print_register"),
    path("out/", sheet.hand_out, name="hand_out_register"),
    path("contact/", sheet.contact, name="contact"),
    path("mine/", lists.mine, name="mine"),
    path("new/", register.new, name="new"),
    path("new/look/", register.look, name="register_look"),
    path("<uuid:matter_id>/", one.matter, name="matter"),
    path("<uuid:matter_id>/do/<slug:event>/", one.act, name="act"),
    path("<uuid:matter_id>/set-out/", one.set_out, name="set_out"),
    path("<uuid:matter_id>/remark/", one.remark, name="remark"),
    path("<uuid:matter_id>/guide/", one.guide, name="guide"),
    path("<uuid:matter_id>/attached/", attached.attached, name="attached"),
    path("<uuid:matter_id>/attached/add/", attached.attach, name="attach"),
    path("<uuid:matter_id>/phone/<uuid:phone_id>/", one.look, name="look_at_phone"),
]
urlpatterns = [
    *MATTERS, *CALLBACKS, *COMPLAINTS, *SUPERVISION, *ANSWERS, *ESTATES, *PAID, *SUBJECTS, *CREW,
]  # fmt: skip
