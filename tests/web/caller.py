"""A device at the door: makes a token for someone of the cast and calls the API with it."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from tests.gallery.conftest import Gallery
from yingbin.journal.action import Acting
from yingbin.people.actions.tokens import make_token

NEW = {"name": "张伟", "first_visit": True, "contacted": False}


def token(gallery: Gallery, name: str, *scopes: str, site: UUID | None = None) -> str:
    """The secret of a new token that acts as this person."""
    made = make_token(
        Acting(site or gallery.site, uuid4().hex, gallery.id("郑岚"), gallery.now),
        name="门口平板",
        kind="device",
        scopes=list(scopes),
        acts_as=gallery.id(name),
    )
    return made.secret


def call(
    client: Client, secret: str, method: str, path: str, body: Any = None, key: str = ""
) -> tuple[int, Any]:
    """Status and answer of one call."""
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    answer = client.generic(
        method, f"/api/v1{path}", sent, content_type="application/json", headers=headers
    )
    return answer.status_code, json.loads(answer.content)
