"""Every event of a visit: what refuses it, and what it does."""

from __future__ import annotations

from tests.rules.second_form import Row, day_of, seconds
from tests.rules.tours.second_opinion_edits import Edit, reclass, want
from tests.rules.tours.second_opinion_plan import clause as task_clause
from tests.rules.tours.second_opinion_plan import in_plan, is_done, owner
from tests.rules.tours.second_opinion_visit import Company, Permit, Visit

GROUND_CLAUSES = {"small_group": "CV-3.1", "late": "CV-3.2.1"}
Answer = tuple[str, str | None]


class Events(Company):
    """Each method gives the code and the clause; `fell` is the visit whose word fell."""

    now: int
    fell: Visit | None

    def department(self, name: str, by: str) -> bool:
        return by in self.departments.get(name, [])

    def ground_clause(self, v: Visit) -> str:
        return GROUND_CLAUSES[self.grounds(v)[0]]

    def class_of(self, answers: Row, pack: Row) -> str:
        fits = {
            "institution": answers["sender"] != "company",
            "key_account": answers["relation"] == "partner"
            and answers["purpose"] in ("alliance", "survey"),
            "important": answers["relation"] != "none" and answers["purpose"] != "business",
        }
        return next((k for k in pack["class_order"] if fits[k]), "general")

    # opening

    def opened(self, event: Row, klass: str, sender: str, asker: str | None) -> Visit:
        today = day_of(self.now)
        v = Visit(
            name=event["visit"],
            pack=self.pack_of(today),
            klass=klass,
            sender=sender,
            start=seconds(event["from"]),
            end=seconds(event["to"]),
            headcount=event["headcount"],
            rivals=event.get("rivals"),
            asker=asker,
            judged=today,
        )
        for area in event["areas"]:
            want(self, v, area, self.now)
        v.declined = self.status(v) == "declined"
        self.visits[v.name] = v
        return v

    def on_apply(self, event: Row) -> Answer:
        if seconds(event["from"]) <= self.now:
            return "past", "CV-3.2.1"
        klass = self.class_of(event["answers"], self.pack_of(day_of(self.now)))
        v = self.opened(event, klass, event["answers"]["sender"], event.get("applied_by"))
        return "ok", self.ground_clause(v) if self.grounds(v) else "CV-2"

    def on_word(self, event: Row) -> Answer:
        if seconds(event["from"]) <= self.now:
            return "past", "CV-3.3.1"
        if not self.department(event["department"], event["by"]):
            return "not_yours", "CV-3.3.1"
        v = self.opened(event, "key_account", "company", event["by"])
        return "ok", self.ground_clause(v) if self.grounds(v) else "CV-3.3.1"

    # answers

    def on_area(self, v: Visit, event: Row) -> Answer:
        area, clause = event["area"], "CV-3.2.1"
        if self.status(v) == "declined":
            return "declined", self.ground_clause(v)
        if area not in v.areas:
            return "not_wanted", clause
        if not self.department(self.areas[area]["department"], event["by"]):
            return "not_yours", clause
        if v.areas[area] == "closed":
            return "closed", "CV-3.1" if self.key_closed(v, area) else clause
        opens = event["answer"] == "open"
        if opens and (clash := self.clash(v, area)):
            return clash, clause
        if v.areas[area] in ("open", "refused") and v.areas[area] != event["answer"]:
            v.sent = False
        v.areas[area] = event["answer"]
        return "ok", clause

    def on_company(self, v: Visit, event: Row) -> Answer:
        clause = "CV-2" if v.klass == "institution" else "CV-3.2.1"
        if not self.company_is_asked(v):
            return "not_asked", clause
        if code := self.no_approver(v, event["by"]):
            return code, clause
        if event["answer"] == "approved":
            v.word = True
        else:
            v.ended = "refused"
        return "ok", clause

    def no_approver(self, v: Visit, by: str, asked_by: str | None = None) -> str | None:
        if by not in self.approvers:
            return "not_approver"
        return "own_request" if by in (asked_by, v.asker) else None

    def on_exception(self, v: Visit, event: Row) -> Answer:
        clause = GROUND_CLAUSES[event["ground"]]
        if event["ground"] not in self.grounds(v):
            return "no_ground", clause
        if code := self.no_approver(v, event["by"], event["asked_by"]):
            return code, clause
        v.lifted.add(event["ground"])
        return "ok", clause

    # changes

    def on_reclass(self, v: Visit, event: Row) -> Answer:
        if self.now >= v.start:
            return "begun", None
        if not self.department("reception", event["by"]):
            return "not_yours", "CV-2"
        if event["to"] == v.klass:
            return "no_change", "CV-2"
        reclass(self, v, event["to"], self.now)
        self.fell = v
        return "ok", "CV-2"

    def on_edit(self, v: Visit, event: Row) -> Answer:
        start = seconds(event["from"]) if "from" in event else v.start
        end = seconds(event["to"]) if "to" in event else v.end
        if self.now >= v.start:
            if any(key in event for key in ("from", "headcount", "areas")) or end <= v.end:
                return "begun", None
            Edit(self, v, event, self.now).begun()
            return "ok", "CV-3.2.1"
        areas = set(event.get("areas", v.areas))
        same = (start, end) == (v.start, v.end) and areas == set(v.areas)
        if same and event.get("headcount", v.headcount) == v.headcount:
            return "no_change", "CV-3.2.1"
        if "from" in event and start <= self.now:
            return "past", "CV-3.2.1"
        if end <= start:
            return "bad_window", "CV-3.2.1"
        edit = Edit(self, v, event, self.now)
        edit.ahead()
        self.fell = v if edit.word_fell else None
        return "ok", "CV-3.2.1"

    def on_withdraw(self, v: Visit, event: Row) -> Answer:
        v.ended = "withdrawn"
        return "ok", "CV-3.2.1"

    # the plan and the passes

    def on_task(self, v: Visit, event: Row) -> Answer:
        task = event["task"]
        if self.status(v) == "declined":
            return "declined", self.ground_clause(v)
        if task not in in_plan(self, v):
            return "not_in_plan", None
        names = {"guide": "who", "senior": "who", "direction": "serve"}
        what = event[names[task]] if task in names else ""
        return self.task_refusal(v, task, what, event["by"]) or self.do_task(v, task, what)

    def task_refusal(self, v: Visit, task: str, what: str, by: str) -> Answer | None:
        clause = task_clause(v, task)
        if is_done(v, task) and v.done[task] == what:
            return "done_already", clause
        if not self.department(owner(v, task), by):
            return "not_yours", clause
        if task == "senior" and what not in self.seniors:
            return "not_senior", clause
        if task in ("guide", "senior") and self.busy(v, what):
            return "busy", clause
        return None

    def do_task(self, v: Visit, task: str, what: str) -> Answer:
        v.done[task] = what
        return "ok", task_clause(v, task)

    def on_send_plan(self, v: Visit, event: Row) -> Answer:
        if self.status(v) != "approved":
            return "not_approved", "CV-4.1"
        if not self.department("reception", event["by"]):
            return "not_yours", "CV-4.1"
        v.sent = True
        return "ok", "CV-4.1"

    def on_permit_photo(self, v: Visit, event: Row) -> Answer:
        if self.status(v) == "declined":
            return "declined", self.ground_clause(v)
        if code := self.no_approver(v, event["by"], event["asked_by"]):
            return code, "CV-4.3"
        v.photo = True
        return "ok", "CV-4.3"

    def on_issue(self, v: Visit, event: Row) -> Answer:
        areas = event["areas"]
        if self.status(v) != "approved":
            return "not_approved", "CV-4.1"
        if not v.sent:
            return "plan_not_sent", "CV-4.1"
        if any(v.areas.get(area) != "open" for area in areas):
            return "not_open", "CV-3.2.1"
        if not any(self.department(self.areas[a]["department"], event["by"]) for a in areas):
            return "not_yours", "CV-4.1"
        if any(v.persons_in(a) + event["persons"] > v.headcount for a in areas):
            return "too_many", "CV-4.2"
        if event.get("photo", False) and not v.photo:
            return "no_photo", "CV-4.3"
        v.permits.append(Permit(event["pass"], areas, event["persons"]))
        return "ok", "CV-4.1"
