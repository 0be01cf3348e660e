"""Addresses of a show flat's visitors, their sheet, and the code at its door."""

from django.urls import path

from .views import flats, from_flats, guest, visit_sheets, visits

VISITS = [
    path("guests/", visits.today, name="guests_today"),
    path("guests/in/", visits.guests_in, name="guests_in"),
    path("guests/<uuid:visit_id>/", visits.visit, name="guests"),
    path("guests/<uuid:visit_id>/confirm/", visits.confirm, name="confirm_guests"),
    path("guests/<uuid:visit_id>/turn-down/", visits.turn_down, name="turn_down_guests"),
    path("guests/<uuid:visit_id>/tell/", visits.tell, name="tell_guests"),
    path("guests/<uuid:visit_id>/ask/", visits.ask, name="ask_question"),
    path("guests/<uuid:visit_id>/refer/", visits.refer, name="refer_guests"),
    path("guests/<uuid:visit_id>/out/", visits.guests_out, name="guests_out"),
    path("guests/flat/<uuid:post>/", flats.flat, name="flat"),
    path("guests/flat/<uuid:post>/edit/", flats.edit, name="edit_flat"),
    path("guests/flat/<uuid:post>/code/", flats.code, name="guest_code"),
    path("guests/flat/<uuid:post>/code/renew/", flats.renew_code, name="renew_code"),
    path("guests/referring/", flats.referring, name="referring"),
    path("guests/sheets/", visit_sheets.sheets, name="guest_sheets"),
    path("guests/sheets/<str:day>/", visit_sheets.sheet, name="guest_sheet"),
    path("guests/sheets/<str:day>/print/", visit_sheets.printed, name="print_guest_sheet"),
    path("guests/sheets/<str:day>/excel/", visit_sheets.excel, name="excel_guest_sheet"),
    path("guests/sheets/<str:day>/out/", visit_sheets.hand_out, name="hand_out_guest_sheet"),
    path("guests/sheets/<str:day>/hand-over/", visit_sheets.hand_over, name="hand_over_sheet"),
    path("guests/sheets/<str:day>/match/", visit_sheets.match, name="match_sheet"),
    path("guests/sheets/<str:day>/settle/", visit_sheets.settle, name="settle_pairs"),
    path("guests/from-flats/", from_flats.matchings, name="from_flats"),
    path("guests/from-flats/<uuid:matching>/", from_flats.matching, name="from_flat"),
    path("guests/from-flats/<uuid:matching>/answer/", from_flats.answer, name="answer_matching"),
    # Without a sign-in: whoever scans the code at the door.
    path("guest/<str:token>/", guest.register, name="guest"),
    path("guest/<str:token>/thanks/", guest.thanks, name="guest_thanks"),
]
