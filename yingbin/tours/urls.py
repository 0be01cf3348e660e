"""Addresses of visits."""

from django.urls import path

from .views import visits

app_name = "tours"
urlpatterns = [
    path("<uuid:visit_id>/", visits.visit, name="visit"),
]
