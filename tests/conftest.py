"""What all tests share: a disposable database that may be emptied between tests."""

import pytest
from hypothesis import settings as hypothesis_settings

# How long an example takes says how busy the machine is; what the house promises of speed stands in bench/.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Lets the tests' own database be truncated; in production the journal refuses that."""
    from django.conf import settings

    options = settings.DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c yingbin.disposable=on".strip()
