"""Every form says in Chinese what is missing or wrong."""

import re
from typing import Any

import pytest
from django import forms

from yingbin.pages.forms import KeyedForm
from yingbin.people.forms import places, signin, staff

MORE: dict[str, dict[str, Any]] = {
    "PersonForm": {"choices": [("receptionist", "接待员")], "departments": []},
    "TransferForm": {"choices": [("receptionist", "接待员")], "departments": []},
    "RoleForm": {"choices": [("receptionist", "接待员")], "departments": []},
    "ReturnForm": {"choices": [("receptionist", "接待员")], "departments": []},
    "PostsForm": {"kind": "sales_centre"},
    "DelegationForm": {"people": []},
}
FORMS = [
    one
    for module in (signin, staff, places)
    for name, one in vars(module).items()
    if isinstance(one, type) and issubclass(one, forms.Form) and one is not KeyedForm
    if not name.startswith("_") and one.__module__ == module.__name__
]
JUNK = ["", " ", "x" * 3000, "\0", "no such thing", "１２", "<b>"]


def sentences(form: forms.Form) -> list[str]:
    return [str(e) for errors in form.errors.values() for e in errors]


@pytest.mark.parametrize("kind", FORMS, ids=lambda f: f.__name__)
def test_no_form_answers_in_english(kind: type[forms.Form]) -> None:
    for junk in JUNK:
        fields = kind(**MORE.get(kind.__name__, {})).fields
        form = kind(dict.fromkeys(fields, junk), **MORE.get(kind.__name__, {}))
        for said in sentences(form):
            assert re.search(r"[\u4e00-\u9fff]", said), (junk, said)


def test_the_forms_are_all_here() -> None:
    assert len(FORMS) > 20
