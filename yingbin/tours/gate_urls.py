"""Addresses of the gate and of passes."""

from django.urls import path

from .views import (
    breaches,
    evening,
    gate,
    gate_alarms,
    gate_line,
    gate_people,
    gate_phone,
    gate_settings,
    passes,
    printing,
)

BREACHES = [
    path("gate/breaches/", breaches.breaches, name="breaches"),
    path("gate/breaches/<uuid:breach_id>/", breaches.breach, name="breach"),
    path("gate/breaches/<uuid:breach_id>/evidence/", breaches.add, name="add_evidence"),
    path("gate/breaches/<uuid:breach_id>/confirm/", breaches.confirm, name="confirm_breach"),
    path("gate/breaches/<uuid:breach_id>/release/", breaches.release, name="release_evidence"),
    path("gate/breaches/<uuid:breach_id>/paper/", breaches.paper, name="breach_paper"),
]
PRINTS = [
    path("tours/prints/", printing.prints, name="prints"),
    path("tours/prints/<uuid:run_id>/", printing.one, name="printing"),
    path("tours/prints/<uuid:run_id>/<int:number>/", printing.part, name="print_part"),
]
GATE = [
    *PRINTS,
    path("visit/<slug:code>/<str:secret>/passes/", passes.on_phone, name="public_passes"),
    path("tours/<uuid:visit_id>/passes/", passes.passes, name="passes"),
    path("tours/<uuid:visit_id>/passes/print/", passes.printed, name="print_passes"),
    path("tours/<uuid:visit_id>/passes/given/", passes.handed_out, name="hand_out"),
    path("gate/", gate.choose, name="gates"),
    path("gate/here/", gate_people.here, name="here"),
    path("gate/here/start/", gate_people.start, name="roll_start"),
    path("gate/here/end/", gate_people.end, name="roll_end"),
    path("gate/here/<uuid:visit_id>/", gate_people.mark, name="roll_mark"),
    path("gate/evening/", evening.evening, name="evening"),
    path("gate/evening/back/", evening.take_back, name="take_back"),
    path("gate/evening/<uuid:visit_id>/back/", evening.all_back, name="all_back"),
    path("gate/evening/sign/", evening.sign, name="sign_evening"),
    path("gate/passes/<int:number>/back/", evening.give_back, name="give_back"),
    path("gate/passes/<int:number>/lost/", evening.lose, name="lose"),
    path("gate/passes/<int:number>/<slug:event>/", evening.change, name="change_pass"),
    path("gate/clashes/", gate_alarms.clashes, name="clashes"),
    path("gate/clashes/<uuid:clash_id>/", gate_alarms.settle, name="settle_clash"),
    *BREACHES,
    path("gate/settings/", gate_settings.settings, name="gates_settings"),
    path("gate/settings/key/", gate_settings.rotate, name="rotate_key"),
    path("gate/settings/<uuid:gate_id>/close/", gate_settings.close, name="close_gate"),
    path("gate/settings/<uuid:gate_id>/device/", gate.another, name="add_device"),
    path("gate/<uuid:device_id>/", gate.gate, name="gate"),
    path("gate/<uuid:device_id>/off/", gate.shell, name="gate_shell"),
    path("gate/<uuid:device_id>/take/", gate_phone.take, name="gate_take"),
    path("gate/<uuid:device_id>/go/", gate_phone.let_go, name="gate_let_go"),
    path("gate/<uuid:device_id>/scan/", gate.scan, name="scan"),
    path("gate/<uuid:device_id>/admit/", gate.admit, name="admit"),
    path("gate/<uuid:device_id>/find/", gate.find, name="find_pass"),
    path("gate/<uuid:device_id>/list/", gate_line.taken_along, name="gate_list"),
    path("gate/<uuid:device_id>/merge/", gate_line.bring, name="gate_merge"),
]
