"""Addresses of 信息传递单, 报修, 损坏, 设备, 扫码报修."""

from django.urls import URLPattern, URLResolver, include, path

from yingbin.importing.urls import addresses

from .importing.assets import ASSETS
from .views import assets, faults, lines, performance, reports

LINES: list[URLPattern | URLResolver] = [
    path("lines/", lines.index, name="lines"),
    path("lines/routes/", lines.routes, name="routes"),
    path("lines/performance/", performance.index, name="performance"),
    path("line/damage/", lines.damage, name="new_damage"),
    path("line/<uuid:matter_id>/damage-sheet/", lines.damage_sheet, name="damage_sheet"),
    path("line/<uuid:matter_id>/sending/", reports.sending, name="sending"),
    path("assets/", assets.index, name="assets"),
    path("assets/keep/", assets.keep, name="keep_asset"),
    path("", include((addresses(ASSETS, "assets/imports/"), "asset_import"))),
    path("assets/labels/", assets.labels, name="labels"),
    path("assets/<uuid:asset_id>/", assets.one, name="asset"),
    path("assets/<uuid:asset_id>/end/", assets.give_up, name="give_up_asset"),
    path("scan/thanks/", faults.thanks, name="scan_thanks"),
    path("scan/<str:mark>/", faults.scan, name="scan"),
    path("faults/", faults.index, name="faults"),
    path("faults/<uuid:fault_id>/confirm/", faults.confirm, name="confirm_fault"),
    path("faults/<uuid:fault_id>/dismiss/", faults.dismiss, name="dismiss_fault"),
]
