"""Addresses of `approvals`."""

from django.urls import path

from . import views

app_name = "approvals"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:approval_id>/", views.decide, name="decide"),
    path("<uuid:approval_id>/withdraw/", views.withdraw, name="withdraw"),
]
