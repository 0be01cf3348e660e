"""Addresses of `notices`."""

from django.urls import path

from . import line_pages, ring_pages, views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="index"),
    path("seen/", views.seen, name="seen"),
    path("ringing/", ring_pages.ringing, name="ringing"),
    path("ringing/device/", ring_pages.allow, name="ring_allow"),
    path("ringing/device/<uuid:device_id>/remove/", ring_pages.remove, name="ring_remove"),
    path("ringing/mention/", ring_pages.mention, name="ring_mention"),
    path("ringing/try/", ring_pages.try_it, name="ring_try"),
    path("ringing/<uuid:trial_id>/", ring_pages.answer, name="ring_answer"),
    path("<uuid:notice_id>/", views.follow, name="follow"),
    path("<uuid:notice_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("lines/", line_pages.index, name="lines"),
    path("lines/line/", line_pages.line, name="line"),
    path("lines/proof/", line_pages.proof, name="line_proof"),
    path("channels/", views.channels, name="channels"),
    path("channels/choose/", views.choose, name="choose"),
    path("channels/try/", views.try_it, name="try"),
    path("deliveries/<uuid:delivery_id>/again/", views.again, name="again"),
]
