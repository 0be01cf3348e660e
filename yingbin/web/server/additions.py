"""Old tables brought up to date in a fraction of the time: a migration that only adds is shown only what it adds to.

At each step Django makes every model anew that is related to the changed one, and here all are, through their place: of two
minutes for an old installation it was all but ten seconds. Tables, keys and columns that others point to stay as they are
where something is only added, so the others needn't be made anew for it. Whatever alters, renames or takes away is done
Django's way, from models all made anew, and so are rows that a migration rewrites.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import operations
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

ADDITIONS = (
    operations.CreateModel,
    operations.AddField,
    operations.AddIndex,
    operations.AddConstraint,
    operations.AlterModelOptions,
    operations.RemoveConstraint,
    operations.RemoveIndex,
    operations.RunPython,
    operations.RunSQL,
)
_apply, _reload_model = Migration.apply, ProjectState.reload_model


def only_adds(migration: Migration) -> bool:
    """Whether nothing that others may point to is changed."""
    return all(isinstance(one, ADDITIONS) for one in migration.operations)


@contextmanager
def made_quickly() -> Iterator[None]:
    """Migrations applied meanwhile are applied so."""
    Migration.apply = apply  # type: ignore[method-assign]
    ProjectState.reload_model = reload_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        Migration.apply = _apply  # type: ignore[method-assign]
        ProjectState.reload_model = _reload_model  # type: ignore[method-assign]


def apply(
    self: Migration,
    project_state: ProjectState,
    schema_editor: BaseDatabaseSchemaEditor,
    collect_sql: bool = False,
) -> ProjectState:
    """As Django's; where more than added is, all models are made anew before."""
    vars(project_state)["only_adds"] = only_adds(self)
    if project_state.is_delayed and not only_adds(self):
        project_state.clear_delayed_apps_cache()
        project_state.is_delayed = False
        _ = project_state.apps  # made now, once
    return _apply(self, project_state, schema_editor, collect_sql)


def reload_model(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """As Django's; but where something is added, the others keep what they know."""
    if not vars(self).get("only_adds"):
        _reload_model(self, app_label, model_name, delay)
    elif "apps" in vars(self):
        self.is_delayed = True
        self._reload({(app_label, model_name)})  # type: ignore[attr-defined]
