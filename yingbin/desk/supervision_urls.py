"""Addresses of 督办."""

from django.urls import path

from .views import supervision

SUPERVISION = [
    path("watch/", supervision.watch, name="watch"),
    path("watch/reassign/", supervision.reassign, name="reassign"),
    path("watch/load/", supervision.load, name="load"),
    path("watch/in-time/", supervision.in_time, name="in_time"),
    path("watch/corrections/", supervision.corrections, name="corrections"),
    path("watch/favours/", supervision.favours, name="favours"),
    path("<uuid:matter_id>/say/", supervision.say, name="say"),
]
