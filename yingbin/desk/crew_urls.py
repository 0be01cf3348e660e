"""Addresses of 技能与班次."""

from django.urls import path

from .views import crew

CREW = [
    path("crew/", crew.crew, name="crew"),
    path("crew/skills/", crew.skills, name="skills"),
    path("crew/<uuid:staff_id>/", crew.worker, name="worker"),
]
