"""What tests of the pages of 单子, 设备 and 扫码报修 share: a browser, an asset, a photo."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files.shelf import picture as a_picture
from yingbin.duty.actions import assets
from yingbin.duty.models import Asset
from yingbin.people.models import Staff

from .flat import Flat

BACKEND = "yingbin.people.backends.AccountOrPhone"


def page_of(flat: Flat, who: str) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(Staff.objects.get(id=flat.people[who]), backend=BACKEND)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def an_asset(flat: Flat, name: str = "中央空调", **more: object) -> Asset:
    told = {"post": flat.post, "place": "客厅", "supplier": "恒温机电", "notes": "先开总闸\n再按开"}
    return Asset.objects.get(id=flat.do(assets.keep_asset, "许", name=name, **(told | more)))


def jpg() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")
