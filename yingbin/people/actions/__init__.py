"""Every write about people: company, sites, staff and roles, sign-in, delegations, tablets.

What only touches one's own sign-in (password, PIN, code, sessions, slips put away) stands in no journal and is
no `Action`: it has no key to repeat, and a wrong PIN must be counted although it is refused.
"""

from .calendar import drop_exception, set_exception, set_hours
from .company import (
    NewSite,
    add_department,
    add_post,
    add_site,
    change_company,
    change_site,
    finish_set_up,
    set_posts,
    set_up_company,
)
from .delegations import delegate, revoke_delegation
from .known import company_id
from .offers import answer_offer, bring_in
from .passwords import (
    change_password,
    check_pin,
    checked_password,
    clear_pin_failures,
    reset_password,
    reset_second_factor,
    set_pin,
    unlock,
)
from .second_factor import (
    check_second_factor,
    new_recovery_codes,
    remove_second_factor,
    set_up_second_factor,
)
from .sessions import end_session, end_sessions
from .slips import first_password, put_away
from .staff import (
    Newcomer,
    OwnPassword,
    Person,
    add_staff,
    assign_role,
    change_person,
    end_role,
    staff_leaves,
    staff_returns,
)
from .tablets import retire_tablet, share_tablet
from .tokens import NewToken, make_token, revoke_token

__all__ = [
    "NewSite",
    "NewToken",
    "Newcomer",
    "OwnPassword",
    "Person",
    "add_department",
    "add_post",
    "add_site",
    "add_staff",
    "answer_offer",
    "assign_role",
    "bring_in",
    "change_company",
    "change_password",
    "change_person",
    "change_site",
    "check_pin",
    "check_second_factor",
    "checked_password",
    "clear_pin_failures",
    "company_id",
    "delegate",
    "drop_exception",
    "end_role",
    "end_session",
    "end_sessions",
    "finish_set_up",
    "first_password",
    "make_token",
    "new_recovery_codes",
    "put_away",
    "remove_second_factor",
    "reset_password",
    "reset_second_factor",
    "retire_tablet",
    "revoke_delegation",
    "revoke_token",
    "set_exception",
    "set_hours",
    "set_pin",
    "set_posts",
    "set_up_company",
    "set_up_second_factor",
    "share_tablet",
    "staff_leaves",
    "staff_returns",
    "unlock",
]
