"""A migration that only adds is shown only what it adds to; whatever changes more is shown all models made anew."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ModelState, ProjectState

from yingbin.web.server.additions import made_quickly, only_adds

INDEX = models.Index(fields=["name"], name="by_name")


class Silent:
    """Takes what a migration would tell a database."""

    atomic_migration = True
    connection = connection

    def __getattr__(self, name: str) -> object:
        return lambda *told, **more: None


def model(called: str, **fields: "models.Field[object, object]") -> ModelState:
    return ModelState("shop", called, [("id", models.UUIDField(primary_key=True)), *fields.items()])


@pytest.fixture
def state() -> ProjectState:
    """A shop with two things in it, all models made."""
    made = ProjectState()
    made.add_model(model("Shop", name=models.TextField()))
    for name in ("Door", "Bell"):
        made.add_model(model(name, shop=models.ForeignKey("shop.Shop", models.CASCADE)))
    assert made.apps
    return made


@pytest.fixture(autouse=True)
def quickly() -> Iterator[None]:
    with made_quickly():
        yield


def applied(state: ProjectState, *told: operations.base.Operation) -> set[str]:
    """Which models were made anew for it."""
    before = {one: state.apps.get_model("shop", one) for one in ("Shop", "Door", "Bell")}
    migration = Migration("next", "shop")
    migration.operations = list(told)
    migration.apply(state, Silent())  # type: ignore[arg-type]
    return {one for one, made in before.items() if state.apps.get_model("shop", one) is not made}


def test_an_index_makes_its_own_model_anew_and_no_other(state: ProjectState) -> None:
    assert applied(state, operations.AddIndex("shop", INDEX)) == {"Shop"}
    assert [i.name for i in state.apps.get_model("shop", "Shop")._meta.indexes] == ["by_name"]


def test_a_field_and_a_model_are_there_with_what_they_point_to(state: ProjectState) -> None:
    key = models.ForeignKey("shop.Bell", models.SET_NULL, null=True)
    lamp = operations.CreateModel(
        "Lamp", [("id", models.UUIDField(primary_key=True)), ("bell", key.clone())]
    )
    assert applied(state, operations.AddField("door", "bell", key), lamp) == {"Door"}
    bell = state.apps.get_model("shop", "Bell")
    for name in ("Door", "Lamp"):
        assert state.apps.get_model("shop", name)._meta.get_field("bell").related_model is bell


def test_after_additions_a_change_is_shown_every_model_as_it_has_become(
    state: ProjectState,
) -> None:
    applied(state, operations.AddIndex("shop", INDEX))
    wider = operations.AlterField("shop", "id", models.BigIntegerField(primary_key=True))
    assert applied(state, wider) == {"Shop", "Door", "Bell"}
    shop = state.apps.get_model("shop", "Shop")
    assert {one.related_model.__name__ for one in shop._meta.related_objects} == {"Door", "Bell"}
    assert state.apps.get_model("shop", "Door")._meta.get_field("shop").related_model is shop


def test_rows_are_rewritten_with_every_model_made_anew(state: ProjectState) -> None:
    seen: list[set[str]] = []

    def rewrite(apps: object, editor: object) -> None:
        shop = apps.get_model("shop", "Shop")  # type: ignore[attr-defined]
        seen.append({one.related_model.__name__ for one in shop._meta.related_objects})

    applied(state, operations.AddIndex("shop", INDEX), operations.RunPython(rewrite))
    assert seen == [{"Door", "Bell"}]


def test_outside_of_it_django_does_as_ever(state: ProjectState) -> None:
    assert only_adds(Migration("none", "shop"))
    state.add_index("shop", "shop", INDEX)
    assert state.apps.get_model("shop", "Door")._meta.get_field(
        "shop"
    ).related_model is state.apps.get_model("shop", "Shop")
