"""Addresses of what is kept of a complaint."""

from django.urls import path

from .views import complaints

COMPLAINTS = [
    path("<uuid:matter_id>/complaint/", complaints.complaint, name="complaint"),
    path("<uuid:matter_id>/complaint/about/", complaints.about, name="complained_of"),
    path("<uuid:matter_id>/complaint/about/<uuid:staff_id>/not/", complaints.not_about, name="not_complained_of"),
    path("<uuid:matter_id>/complaint/cause/", complaints.cause, name="complaint_cause"),
    path("<uuid:matter_id>/complaint/correct/", complaints.correct, name="correct"),
]  # fmt: skip
