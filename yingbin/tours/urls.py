"""Addresses of visits; those that need no account begin with `visit/`."""

from django.urls import path

from .gate_urls import GATE
from .views import (
    apply,
    day,
    edit,
    guests,
    hosting,
    keeping,
    mine,
    paper,
    public,
    public_guests,
    routes,
    settings,
    visits,
)

app_name = "tours"
VISITS = [
    path("tours/", visits.index, name="index"),
    path("tours/mine/", mine.mine, name="mine"),
    path("tours/board/", mine.board, name="board"),
    path("tours/day/", day.day, name="day"),
    path("tours/new/", apply.new, name="new"),
    path("tours/<uuid:visit_id>/", visits.visit, name="visit"),
    path("tours/<uuid:visit_id>/paper/", paper.paper, name="paper"),
    path("tours/<uuid:visit_id>/edit/", edit.edit, name="edit"),
    path("tours/<uuid:visit_id>/do/<slug:event>/", visits.act, name="act"),
]
HOSTING = [
    path("tours/<uuid:visit_id>/hosting/", hosting.hosting, name="hosting"),
    path("tours/<uuid:visit_id>/hosting/paper/", hosting.paper, name="hosting_paper"),
    path("tours/<uuid:visit_id>/route/<slug:move>/", routes.route, name="route"),
    path("tours/<uuid:visit_id>/hosting/<slug:task>/", hosting.prepare, name="prepare"),
    path("tours/<uuid:visit_id>/companion/<int:ask>/", hosting.companion, name="companion"),
    path("tours/<uuid:visit_id>/companion/<int:ask>/drop/", hosting.drop, name="drop"),
]
GUESTS = [
    path("tours/<uuid:visit_id>/guests/", guests.guests, name="guests"),
    path("tours/<uuid:visit_id>/guests/table/", guests.table, name="guests_table"),
    path("tours/<uuid:visit_id>/guests/replace/", guests.replace, name="guest_replace"),
    path("tours/<uuid:visit_id>/guests/look/", guests.look, name="guest_look"),
    path("tours/<uuid:visit_id>/guests/forget/", guests.forget, name="guest_forget"),
]
SETTINGS = [
    path("tours/settings/", settings.settings, name="settings"),
    path("tours/settings/company/", settings.company, name="settle"),
    path("tours/settings/pack/", settings.pack, name="pack"),
    path("tours/keeping/", keeping.keeping, name="keeping"),
]
PUBLIC = [
    path("visit/<slug:code>/", public.apply, name="public"),
    path("visit/<slug:code>/<str:secret>/", public.follow, name="follow"),
    path("visit/<slug:code>/<str:secret>/change/", public.change, name="public_change"),
    path("visit/<slug:code>/<str:secret>/guests/", public_guests.guests, name="public_guests"),
    path("visit/<slug:code>/<str:secret>/withdraw/", public.withdraw, name="public_withdraw"),
]
urlpatterns = [*VISITS, *HOSTING, *GUESTS, *SETTINGS, *PUBLIC, *GATE]
