"""Addresses of 答案库."""

from django.urls import path

from .views import answers

ANSWERS = [
    path("answers/", answers.index, name="answers"),
    path("answers/new/", answers.new, name="answer_new"),
    path("answers/<uuid:entry_id>/", answers.entry, name="answer"),
    path("<uuid:matter_id>/answer-with/<uuid:entry_id>/", answers.use_on, name="answer_with"),
]
