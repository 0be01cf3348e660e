"""Addresses of the roster."""

from django.urls import path

from yingbin.importing.urls import addresses

from .importing.importer import ROSTER
from .views import code, mine, rosters, rota

ROSTERS = [
    path("roster/", rosters.roster, name="roster"),
    path("roster/draft/", rosters.draft, name="draft"),
    path("roster/preview/", rosters.preview, name="preview_roster"),
    path("roster/copy/", rosters.copy_week, name="copy_week"),
    path("roster/pattern/", rosters.pattern, name="pattern"),
    path("roster/paste/", rosters.paste, name="paste"),
    path("roster/publish/", rosters.publish, name="publish"),
    path("roster/export.xlsx", rosters.export, name="export_roster"),
    path("roster/mine/", mine.my_roster, name="my_roster"),
    path("roster/mine/swap/", mine.ask_swap, name="ask_swap"),
    path("roster/mine/swap/<uuid:swap>/answer/", mine.answer_swap, name="answer_swap"),
    path("roster/mine/swap/<uuid:swap>/withdraw/", mine.withdraw_swap, name="withdraw_swap"),
    path("roster/mine/leave/", mine.ask_leave, name="ask_leave"),
    path("roster/mine/leave/<uuid:leave_id>/end/", mine.end_leave, name="end_leave"),
    path("roster/mine/feed/", mine.make_feed, name="make_feed"),
    path("roster/mine/feed/end/", mine.revoke_feed, name="revoke_feed"),
    path("feed/<str:secret>.ics", mine.feed, name="feed"),
    path("code/", code.code, name="code"),
    path("setup/code/", code.ask_code, name="ask_code"),
    path("posts/sign-on/<uuid:who>/", code.sign_on_other, name="sign_on_other"),
    path("posts/rota/", rota.rota, name="rota"),
    path("posts/rota/plan/", rota.plan, name="plan_rota"),
    path("posts/rota/check/", rota.check, name="check_rota"),
    *addresses(ROSTER, "roster/imports/"),
]
