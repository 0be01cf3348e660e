"""What was decided stays decided: the database itself refuses to change a request, its owner's statements too."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.approvals.kinds import ask, decide
from tests.customers.office import Office
from yingbin.approvals.models import Approval

ASKED = "number = 9; kind = 'other'; about = '{\"money\": 1}'; asked_by = gen_random_uuid(); words = '别的理由'"
ROUND_IT = (
    "set constraints all immediate; set local yingbin.disposable = off;"
    " set local session_replication_role = replica"
)
DECIDED = f"{ASKED}; status = 'asked'; status = 'declined'; decided_by = null; answer = '改过的话'"


def refused(change: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update approvals_approval set {change}")
    except DatabaseError as no:
        return "are final" in str(no)
    return False


@pytest.mark.parametrize("change", ASKED.split("; "))
def test_what_was_asked_stays_as_it_was_asked(office: Office, change: str) -> None:
    ask(office)
    assert refused(change)


@pytest.mark.parametrize("change", DECIDED.split("; "))
def test_what_was_decided_stays_as_it_was_decided(office: Office, change: str) -> None:
    decide(office, "郑岚", ask(office))
    assert refused(change)


def test_until_then_it_may_be_decided_and_afterwards_words_may_still_be_erased(
    office: Office,
) -> None:
    one = ask(office)
    assert not refused("told_late_at = now()")
    decide(office, "郑岚", one)
    assert not refused("title = '（已按本人要求删除）', words = '', salt = ''")
    assert Approval.objects.get(id=one).status == "granted"


@pytest.mark.parametrize("way", ["delete from approvals_approval", "truncate approvals_approval"])
def test_a_request_is_not_taken_out_whatever_the_session_says_of_itself(
    office: Office, way: str
) -> None:
    ask(office)
    with pytest.raises(DatabaseError, match="are final"), transaction.atomic():
        connection.cursor().execute(f"{ROUND_IT}; {way}")
