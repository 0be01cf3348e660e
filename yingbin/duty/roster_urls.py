"""Addresses of the roster."""

from django.urls import path

from yingbin.importing.urls import addresses

from .importing.importer import ROSTER
from .views import rosters

ROSTERS = [
    path("roster/", rosters.roster, name="roster"),
    path("roster/draft/", rosters.draft, name="draft"),
    path("roster/copy/", rosters.copy_week, name="copy_week"),
    path("roster/pattern/", rosters.pattern, name="pattern"),
    path("roster/paste/", rosters.paste, name="paste"),
    path("roster/publish/", rosters.publish, name="publish"),
    path("roster/export.xlsx", rosters.export, name="export_roster"),
    *addresses(ROSTER, "roster/imports/"),
]
