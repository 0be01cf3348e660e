"""Addresses of `matters`."""

from django.urls import path

from . import views

app_name = "matters"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<uuid:matter_id>/", views.matter, name="matter"),
    path("<uuid:matter_id>/<slug:verb>/", views.act, name="act"),
]
