"""Addresses of handovers and of the day's sheets."""

from django.urls import path

from .views import day_sheets, handover_signing, handovers

HANDOVERS = [
    path("handover/new/", handovers.start, name="start_handover"),
    path("handover/guard/", handover_signing.guard_here, name="guard_here"),
    path("handover/<uuid:handover>/", handovers.handover, name="handover"),
    path("handover/<uuid:handover>/answer/", handovers.answer, name="answer_entry"),
    path("handover/<uuid:handover>/accept/", handovers.accept_rest, name="accept_rest"),
    path("handover/<uuid:handover>/sign/", handover_signing.sign, name="sign_handover"),
    path("handover/<uuid:handover>/sign/<uuid:who>/", handover_signing.sign_here, name="sign_here"),
    path("handover/<uuid:handover>/refused/", handovers.refuse, name="handover_refused"),
    path("handover/<uuid:handover>/take-over/", handovers.take_over, name="take_over"),
    path("handover/<uuid:handover>/add/", handovers.add, name="add_to_handover"),
    path("sheets/handovers/", day_sheets.handover_sheet, name="handover_sheet"),
    path("sheets/handovers/print/", day_sheets.handover_printed, name="handover_printed"),
    path("sheets/handovers/excel/", day_sheets.handover_workbook, name="handover_workbook"),
    path("sheets/slips/", day_sheets.slip_sheet, name="slip_sheet"),
    path("sheets/slips/print/", day_sheets.slip_printed, name="slip_printed"),
    path("sheets/slips/excel/", day_sheets.slip_workbook, name="slip_workbook"),
]
