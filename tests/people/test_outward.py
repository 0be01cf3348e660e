"""A password slip says the address that its reader can open."""

from typing import Any

import pytest
from django.test import RequestFactory

from yingbin.people.outward import outward


@pytest.mark.parametrize(
    ("host", "address", "said"),
    [
        ("yingbin.local:8443", "", "http://yingbin.local:8443/"),
        ("192.168.1.20:8000", "", "http://192.168.1.20:8000/"),
        ("127.0.0.1:8000", "", ""),
        ("localhost", "", ""),
        ("[::1]:8000", "", ""),
        ("127.0.0.1:8000", "https://yingbin.example", "https://yingbin.example/"),
    ],
)
def test_a_slip_never_sends_anybody_to_their_own_phone(
    settings: Any, host: str, address: str, said: str
) -> None:
    settings.YINGBIN_ADDRESS = address
    assert outward(RequestFactory().get("/", headers={"host": host})) == said
