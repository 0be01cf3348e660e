"""Addresses of days on duty."""

from django.urls import URLPattern, URLResolver, path

from .check_urls import CHECKS
from .handover_urls import HANDOVERS
from .incident_urls import INCIDENTS
from .line_urls import LINES
from .roster_urls import ROSTERS
from .views import (
    cases,
    lines,
    now,
    planning,
    posts,
    written,
)
from .visit_urls import VISITS

app_name = "duty"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", now.now, name="now"),
    path("sign-on/", now.sign_on, name="sign_on"),
    path("sign-off/", now.sign_off, name="sign_off"),
    path("break/", now.ask_break, name="ask_break"),
    path("break/<uuid:rest>/start/", now.start_break, name="start_break"),
    path("break/<uuid:rest>/end/", now.end_break, name="end_break"),
    path("break/<uuid:rest>/cancel/", now.cancel_break, name="cancel_break"),
    path("line/new/", lines.new, name="new_line"),
    path("case/new/", cases.new, name="new_case"),
    path("farewell/", cases.farewell, name="farewell"),
    path("ready/", cases.ready, name="ready"),
    path("posts/", posts.posts, name="posts"),
    path("posts/gone/<uuid:who>/", posts.taken_away, name="taken_away"),
    path("posts/shift/", posts.change_shift, name="change_shift"),
    path("posts/stand-in/", posts.stand_in, name="stand_in"),
    path("posts/stand-in/<uuid:stand_in>/cancel/", posts.cancel_stand_in, name="cancel_stand_in"),
    path("words/", written.index, name="words"),
    *ROSTERS,
    *VISITS,
    path("setup/", planning.setup, name="setup"),
    path("setup/post/", planning.keep_post, name="keep_post"),
    path("setup/post/<uuid:rule>/end/", planning.give_up_post, name="give_up_post"),
    path("setup/shift/", planning.keep_shift, name="keep_shift"),
]
urlpatterns += HANDOVERS
urlpatterns += CHECKS
urlpatterns += INCIDENTS
urlpatterns += LINES
