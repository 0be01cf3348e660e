"""Names and numbers of customers as people write them: how words that no card is linked with are found."""

from uuid import UUID

from ..models import CustomerName, CustomerPhone

CHINESE_PREFIX = "+86"
SHORTEST = 2
MOBILE = 11


def called(customer_ids: list[UUID]) -> list[str]:
    """Names and numbers of a customer as people write them; one character alone is no name."""
    names = CustomerName.objects.filter(customer_id__in=customer_ids)
    known = {*names.values_list("name", flat=True), *numbers_of(customer_ids)}
    return sorted(one for one in known if len(one) >= SHORTEST)


def numbers_of(customer_ids: list[UUID]) -> set[str]:
    """Numbers of a customer as people write them: in one, or in three parts."""
    phones = CustomerPhone.objects.filter(customer_id__in=customer_ids).exclude(e164="")
    found = {e164.removeprefix(CHINESE_PREFIX) for e164 in phones.values_list("e164", flat=True)}
    long = [one for one in found if len(one) == MOBILE]
    return found | {f"{n[:3]}{gap}{n[3:7]}{gap}{n[7:]}" for n in long for gap in " -"}
