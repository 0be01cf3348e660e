"""Addresses of 回访."""

from django.urls import path

from .views import call_sheet, callbacks

CALLBACKS = [
    path("callbacks/", callbacks.index, name="callbacks"),
    path("callbacks/sheet/", call_sheet.sheet, name="call_sheet"),
    path("callbacks/out/", call_sheet.hand_out, name="hand_out_calls"),
    path("<uuid:matter_id>/call/", callbacks.call, name="call"),
    path("<uuid:matter_id>/call/missed/", callbacks.not_reached, name="not_reached"),
    path("<uuid:matter_id>/call/phone/<uuid:phone_id>/", callbacks.look, name="call_phone"),
]
