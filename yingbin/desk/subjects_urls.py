"""Addresses of 事项."""

from django.urls import path

from .views import subjects

SUBJECTS = [
    path("subjects/", subjects.subjects, name="subjects"),
    path("subjects/edit/", subjects.draw, name="draw_subjects"),
]
