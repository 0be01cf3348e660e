"""What the database refuses: to change the office of then, events but for erased words, papers, what a revision of a pass says;
and a pass before the visit is approved, or for an area that isn't open to it (CV-3.2.1, CV-4.1)."""

from functools import reduce
from hashlib import sha256
from operator import or_

from yingbin.journal.finals import Final, Undecided
from yingbin.journal.guards import Guard, Guards

OFFICES = Final("tours_touroffice")
EVENTS = Final("tours_tourevent", erasable=("words", "salt"))
GATE_EVENTS = Final("tours_gateevent", erasable=("words", "salt"))
PAPERS = Final("tours_passpaper")
GUESTS = Final(
    "tours_tourguest",
    erasable=("name", "phone", "role", "paper", "care_of", "why", "salt"),
    undecided=Undecided("stands", "listed", ("stands", "gone_seq", "gone_at", "gone_by")),
)
LOOKS = Final("tours_guestlook")
CLEARINGS = Final("tours_visitclearing")
BREACH_STEPS = Final("tours_breachstep", erasable=("words", "salt"))
BREACH_COPIES = Final("tours_breachcopy")
HOSTING = Final("tours_hostingevent", erasable=("words", "salt"))

REVISIONS = "tours_passrevision"
_REVISION = """
declare
  visit record;
begin
  if tg_op = 'TRUNCATE' and current_setting('yingbin.disposable', true) = 'on' then
    return null;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - array['fate', 'fate_seq', 'fate_at', 'fate_by']
                        = to_jsonb(old) - array['fate', 'fate_seq', 'fate_at', 'fate_by']
     and new.fate <> 'outstanding' and not (old.fate in ('void', 'returned') and new.fate <> old.fate) then
    return new;
  end if;
  if tg_op <> 'INSERT' then
    raise exception 'what a pass says is final: % refused', tg_op using errcode = 'insufficient_privilege';
  end if;
  select v.status, v.open_areas into visit
    from tours_tourvisit v join tours_visitorpass p on p.visit_id = v.id
   where p.id = new.visitor_pass_id and p.site_id = new.site_id and v.site_id = new.site_id;
  if visit.status is distinct from 'approved' then
    raise exception 'no pass before the visit is approved: refused' using errcode = 'insufficient_privilege';
  end if;
  if new.areas = '{}' or not new.areas::text[] <@ visit.open_areas::text[] then
    raise exception 'no pass for an area that is not open: refused' using errcode = 'insufficient_privilege';
  end if;
  return new;
end """
_FUNCTION = f"{REVISIONS}_refuse"
REVISION_GUARD = f"""
create function {_FUNCTION}() returns trigger language plpgsql as $${_REVISION}$$;
create trigger {REVISIONS}_rows before insert or delete or update on {REVISIONS}
  for each row execute function {_FUNCTION}();
create trigger {REVISIONS}_whole before truncate on {REVISIONS}
  for each statement execute function {_FUNCTION}();
alter table {REVISIONS} enable always trigger {REVISIONS}_rows;
alter table {REVISIONS} enable always trigger {REVISIONS}_whole;
"""
REVISION_UNGUARD = f"""
drop trigger {REVISIONS}_rows on {REVISIONS};
drop trigger {REVISIONS}_whole on {REVISIONS};
drop function {_FUNCTION}();
"""
_OF_REVISIONS = Guards(
    {
        f"{REVISIONS}_rows": Guard(REVISIONS, _FUNCTION, "INSERT OR DELETE OR UPDATE"),
        f"{REVISIONS}_whole": Guard(REVISIONS, _FUNCTION, "TRUNCATE"),
    },
    {_FUNCTION: sha256(_REVISION.encode()).hexdigest()},
)
_FINAL = (
    OFFICES, EVENTS, GATE_EVENTS, PAPERS, GUESTS, LOOKS, CLEARINGS, BREACH_STEPS, BREACH_COPIES, HOSTING,
)  # fmt: skip
GUARDS = reduce(or_, (one.guards() for one in _FINAL), _OF_REVISIONS)
