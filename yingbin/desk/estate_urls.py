"""Addresses of the estate and the one box."""

from django.urls import path

from yingbin.importing.urls import addresses

from .importing.importer import ESTATE
from .views import estate, onebox, residents

PHONE = "estate/residents/<uuid:customer_id>/phones/<uuid:phone_id>/"

ESTATES = [
    path("find/", onebox.find, name="find"),
    path("find/found/", onebox.piece, name="found"),
    path("estate/", estate.estate, name="estate"),
    path("estate/homes/", estate.add_home, name="add_home"),
    *addresses(ESTATE, "estate/imports/"),
    path("estate/<uuid:building_id>/", estate.building, name="building"),
    path("estate/homes/<uuid:home_id>/", estate.home, name="home"),
    path("estate/homes/<uuid:home_id>/in/", estate.move_in, name="move_in"),
    path("estate/homes/<uuid:home_id>/out/", estate.move_out, name="move_out"),
    path("estate/homes/<uuid:home_id>/change/", estate.change, name="change_home"),
    path("estate/residents/<uuid:customer_id>/", residents.resident, name="resident"),
    path("estate/residents/<uuid:customer_id>/notes/", residents.note, name="note"),
    path(
        "estate/residents/<uuid:customer_id>/notes/<uuid:note_id>/drop/",
        residents.drop_note,
        name="drop_note",
    ),
    path("estate/residents/<uuid:customer_id>/homes/", residents.another_home, name="another_home"),
    path("estate/residents/<uuid:customer_id>/phones/", residents.phone, name="add_phone"),
    path(f"{PHONE}drop/", residents.drop_phone, name="drop_phone"),
    path(f"{PHONE}look/", residents.look, name="look"),
]
