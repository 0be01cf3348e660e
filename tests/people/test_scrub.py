"""What a log says of an error: its kind and place, never what somebody typed."""

import io
import logging
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection

from tests import cast
from yingbin.people.models import Staff
from yingbin.people.scrub import NoPhones, scrubbed

NAME, PHONE = "欧阳明月", "13812345678"


def taken() -> None:
    Staff.objects.create(account=PHONE, name=NAME)
    Staff.objects.create(account=PHONE, name=NAME)


def no_number() -> None:
    int(NAME)


def no_date() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select '{NAME}'::date")


def no_key() -> None:
    try:
        {}[NAME]  # type: ignore[index]
    except KeyError as error:
        raise RuntimeError(f"{NAME} is missing") from error


@pytest.mark.django_db
@pytest.mark.parametrize("fail", [taken, no_number, no_date, no_key])
def test_an_error_is_logged_without_its_words(fail: Callable[[], None]) -> None:
    cast.gallery()
    ours, plain = io.StringIO(), io.StringIO()
    logger = logging.getLogger(f"test.{fail.__name__}")
    logger.propagate = False
    for stream, formatter in (
        (plain, logging.Formatter()),
        (ours, NoPhones("{message}", style="{")),
    ):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter)
        logger.addHandler(handler)
    try:
        fail()
    except Exception as error:
        logger.exception("it failed: %s", error)
        logger.error(error)
        logger.error("%(why)s", {"why": error})
        kind = type(error).__name__
    assert NAME in plain.getvalue() or PHONE in plain.getvalue(), "the plain one tells it"
    assert NAME not in ours.getvalue()
    assert PHONE not in ours.getvalue()
    assert kind in ours.getvalue()
    assert f"in {fail.__name__}" in ours.getvalue(), "where it happened is told"


@pytest.mark.django_db
def test_the_databases_code_and_constraint_are_told() -> None:
    cast.gallery()
    with pytest.raises(IntegrityError) as caught:
        taken()
    cause = caught.value.__cause__
    assert isinstance(cause, BaseException)
    record = logging.LogRecord(
        "x", logging.ERROR, "f", 1, "no", (), (type(cause), cause, cause.__traceback__)
    )
    line = NoPhones("{message}", style="{").format(record)
    assert "23505 people_staff people_staff_account_key" in line
    assert issubclass(caught.type, DatabaseError)


def test_what_code_and_settings_did_wrong_is_said_in_full() -> None:
    try:
        raise ImproperlyConfigured("SECRET_KEY must not be empty")
    except ImproperlyConfigured as error:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "%s", (error,), None)
    assert "must not be empty" in NoPhones("{message}", style="{").format(record)


def test_what_a_thread_dies_of_is_logged_not_printed(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    from yingbin.people.scrub import log_threads

    before = threading.excepthook
    log_threads()
    try:
        thread = threading.Thread(target=no_number)
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    (record,) = caplog.records
    assert record.message == "a thread ended by an error"
    assert NAME not in NoPhones("{message}", style="{").format(record)
    printed = capfd.readouterr()
    assert "Exception in thread" not in printed.out + printed.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Forbidden: /visit/zongbu/AbCdEfGh_jKlMnOpQrStUvWx-yZ01234/withdraw/", "Forbidden: /visit/zongbu/[私密网址]/withdraw/"),
        ("Not Found: /tours/018f0000-0000-7000-8000-000000000000/", "Not Found: /tours/018f0000-0000-7000-8000-000000000000/"),
        ("/static/house/6bf5fe29dbc0/house.css", "/static/house/6bf5fe29dbc0/house.css"),
    ],
)  # fmt: skip
def test_no_log_holds_the_secret_of_a_private_link(line: str, said: str) -> None:
    assert scrubbed(line) == said
