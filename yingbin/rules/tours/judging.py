"""Class, grounds against a visit, its status, and whom it waits for (CV-2, CV-3.1, CV-3.2.1)."""

from __future__ import annotations

from datetime import date, timedelta

from .pack import Pack
from .visit import Visit
from .visitfile import Area, Company

GROUND_CLAUSES = {"small_group": "CV-3.1", "late": "CV-3.2.1"}
GROUND_WORDS = {"small_group": "人数少于团体的最低人数", "late": "申请晚了"}
CLASS_WORDS = {
    "general": "一般客户",
    "important": "重要客户",
    "key_account": "大客户",
    "institution": "机关团体",
}


def class_of(pack: Pack, sender: str, relation: str, purpose: str) -> str:
    """The class that the answers make: the first of the pack's order that fits, else general (CV-2)."""
    fits = {
        "institution": sender != "company",
        "key_account": relation == "partner" and purpose in ("alliance", "survey"),
        "important": relation != "none" and purpose != "business",
    }
    return next((klass for klass in pack.class_order if fits[klass]), "general")


def grounds(visit: Visit, company: Company) -> list[str]:
    """What stands against a visit, in order; what an exception has lifted doesn't."""
    found = []
    if visit.klass == "general" and visit.headcount < visit.pack.general_min:
        found.append("small_group")
    if is_late(visit, company):
        found.append("late")
    return [ground for ground in found if ground not in visit.lifted]


def is_late(visit: Visit, company: Company) -> bool:
    """Whether it was asked for with fewer lead days than its class needs."""
    needed, day = visit.pack.lead_days[visit.klass], visit.judged
    until = visit.window.start.date()
    if visit.pack.days == "calendar":
        return (until - day).days < needed
    return company.working_days(day, until) < needed


def days_before(pack: Pack, company: Company, day: date, number: int) -> date:
    """The n-th counted day before a day."""
    if pack.days == "calendar" or not number:
        return day - timedelta(days=number)
    near, far = day - timedelta(days=number), day - timedelta(days=number)
    while company.working_days(far, day) < number:
        near, far = far, far - timedelta(days=number + len(company.off))
    while far < near:  # the latest day from which on there are so many
        half = far + (near - far + timedelta(days=1)) // 2
        if company.working_days(half, day) < number:
            near = half - timedelta(days=1)
        else:
            far = half
    return far


def is_closed(visit: Visit, area: Area) -> bool:
    """Whether an area isn't shown to a class at all."""
    return visit.klass in area.closed_to or is_key_closed(visit, area)


def is_key_closed(visit: Visit, area: Area) -> bool:
    """Whether it is a key production area, closed to this class (CV-3.1)."""
    return area.key and visit.klass in visit.pack.key_closed_to


def needs_company(visit: Visit) -> bool:
    """Whether the company's word is needed and missing."""
    return visit.klass in visit.pack.company_approval and visit.company is None


def status(visit: Visit, company: Company) -> str:
    """Where a visit stands: the first that fits."""
    if visit.ended:
        return visit.ended
    against = grounds(visit, company)
    if any(visit.pack.grounds[ground] == "decline" for ground in against):
        return "declined"
    if against:
        return "needs_exception"
    return "awaiting" if visit.in_state("asked") or needs_company(visit) else "approved"


def is_company_asked(visit: Visit, company: Company) -> bool:
    """The company comes last: it is asked once no area is."""
    return status(visit, company) == "awaiting" and not visit.in_state("asked")


def waiting_for(visit: Visit, company: Company) -> list[str]:
    """Grounds, areas asked, `company`: what a visit still waits for."""
    stands = status(visit, company)
    if stands not in ("declined", "needs_exception", "awaiting"):
        return []
    found = grounds(visit, company)
    if stands != "declined":
        found += visit.in_state("asked")
        found += ["company"] if needs_company(visit) else []
    return found
