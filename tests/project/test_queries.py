"""A page asks the database the same number of questions with one row and with thirty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.gallery.conftest import Gallery
from yingbin.people.models import Staff

# Page, who opens it, most queries in all: session, person, sites, roles and notices included.
PAGES = [
    ("gallery:arrival", "苏晴", 20),
    ("gallery:board", "苏晴", 16),
    ("gallery:mine", "林悦", 20),
    ("gallery:supervision", "郑岚", 26),
    ("gallery:waiting", "苏晴", 19),
]


def count(gallery: Gallery, page: str, name: str) -> int:
    """Queries of the page's second visit."""
    browser = Client()
    staff = Staff.objects.get(id=gallery.id(name))
    browser.force_login(staff, backend="yingbin.people.backends.AccountOrPhone")
    browser.get(reverse(page))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(reverse(page)).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("address", "name", "most"), PAGES)
def test_the_count_is_constant(hall: Gallery, address: str, name: str, most: int) -> None:
    for n in range(5):
        hall.arrive(name=f"客户{n}")
    few = count(hall, address, name)
    for n in range(30):
        hall.arrive(name=f"再来的客户{n}")
    many = count(hall, address, name)
    print(f"{address} {few}")
    assert few == many
    assert many <= most
