"""What all tests share: a disposable database that may be emptied between tests."""

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Lets the tests' own database be truncated; in production the journal refuses that."""
    from django.conf import settings

    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c yingbin.disposable=on".strip()
