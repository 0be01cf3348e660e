"""Who may hear a stream: the doors of the pages stand before it too."""

from django.test import Client

from tests.gallery.conftest import Gallery
from tests.gallery.test_reception import signed_in
from yingbin.people.handing import HANDED
from yingbin.people.models import Staff
from yingbin.web.live import _alive, _viewers


def heard(client: Client, *names: str) -> list[str]:
    return [v.topic for v in _viewers(client.session.session_key or "", [*names], "", "")]


def test_a_stream_carries_the_topics_its_person_may_see(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "林悦")
    assert heard(page, "mine", "supervision", "shell", "nonsense") == ["mine", "shell"]


def test_a_first_password_has_to_be_replaced_before_anything_is_heard(
    client: Client, hall: Gallery
) -> None:
    page = signed_in(client, hall, "林悦")
    Staff.objects.filter(id=hall.id("林悦")).update(must_change_password=True)
    assert heard(page, "mine", "shell") == []


def test_nothing_is_heard_while_a_customer_has_the_device(client: Client, hall: Gallery) -> None:
    page = signed_in(client, hall, "林悦")
    session = page.session
    session[HANDED] = {"page": "/", "then": "/"}
    session.save()
    assert heard(page, "mine", "shell") == []


def test_a_session_that_ended_is_missed(client: Client, hall: Gallery) -> None:
    key = signed_in(client, hall, "林悦").session.session_key
    assert key
    assert _alive([key, "never-was"]) == {key}
    client.logout()
    assert _alive([key]) == set()
