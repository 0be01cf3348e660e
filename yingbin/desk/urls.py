"""Addresses of the desk."""

from django.urls import path

from .estate_urls import ESTATES
from .views import lists, one

app_name = "desk"
MATTERS = [
    path("", lists.index, name="index"),
    path("mine/", lists.mine, name="mine"),
    path("new/", lists.new, name="new"),
    path("<uuid:matter_id>/", one.matter, name="matter"),
    path("<uuid:matter_id>/do/<slug:event>/", one.act, name="act"),
    path("<uuid:matter_id>/remark/", one.remark, name="remark"),
    path("<uuid:matter_id>/guide/", one.guide, name="guide"),
    path("<uuid:matter_id>/phone/<uuid:phone_id>/", one.look, name="look_at_phone"),
]
urlpatterns = [*MATTERS, *ESTATES]
