"""The gallery's days: policy, queue events and decisions, visits, receptions, requests.

People are referred to by their id without a constraint across tables of other floors, so that a site's
rows can live in a database of their own. Facts are rows with who and when; a correction is a new row.
"""

from django.db import models
from django.db.models import Q

from yingbin.people.models import PolicyValues, Site
from yingbin.people.rows import SiteRow


class GalleryPolicy(SiteRow, PolicyValues):
    """One version of a gallery's policy, which has a table and an entry of its own since before other policies."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "version"], name="policy_version_once")
        ]


class StandingOrder(models.Model):
    """The one standing order in which everyone keeps a place, and the accounts carried between days."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, primary_key=True, related_name="+")
    order = models.JSONField(default=list)
    make_up = models.JSONField(default=list)
    owes = models.JSONField(default=dict)


class GalleryDay(SiteRow):
    """A day of the gallery from opening to closing, with what the queue started from."""

    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    policy_version = models.PositiveIntegerField()
    policy = models.JSONField()
    settings = models.JSONField(default=dict)
    opening_queue = models.JSONField()
    make_up = models.JSONField(default=list)
    owes = models.JSONField(default=dict)
    rule_version = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    summary = models.JSONField(null=True)
    # How often the day was opened again after a closing; when the managers are reminded to close it.
    reopened = models.PositiveSmallIntegerField(default=0)
    remind_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="one_gallery_day_a_date"),
            models.UniqueConstraint(
                fields=["site"], condition=Q(closed_at__isnull=True), name="one_open_day_a_site"
            ),
        ]


class Reopening(SiteRow):
    """A closed day went on, with a reason; the closing that no longer stands is kept here as it was (TQ-11)."""

    day = models.ForeignKey(GalleryDay, on_delete=models.PROTECT, related_name="reopenings")
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=200)
    # Salt of the commitment that stands for the reason in the journal.
    salt = models.CharField(max_length=32)
    seq = models.BigIntegerField()
    closing_seq = models.BigIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField()
    summary = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["site", "day"], name="reopening_of_day")]


class QueueState(models.Model):
    """The fold of a day's events, kept so that a decision costs the same however many came before."""

    day = models.OneToOneField(
        GalleryDay, on_delete=models.CASCADE, primary_key=True, related_name="queue_state"
    )
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.JSONField()
    names = models.JSONField(default=dict)
    away_since = models.JSONField(default=dict)
    events = models.PositiveIntegerField(default=0)
    visits = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()


class Presence(SiteRow):
    """Someone signed in for a day before it was opened; after opening, signing in is an event."""

    day = models.DateField()
    staff_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    how = models.CharField(max_length=10)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "staff_id"],
                condition=Q(withdrawn_at__isnull=True),
                name="signed_in_once",
            )
        ]


class Visit(SiteRow):
    """A group that came in together; `number` counts from 1 each day. Status is told by its receptions."""

    day = models.ForeignKey(GalleryDay, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    kind = models.CharField(max_length=10)
    group_size = models.PositiveSmallIntegerField(default=1)
    households = models.PositiveSmallIntegerField(default=1)
    first_visit = models.BooleanField(null=True)
    # Said to have been here before, looked up, and no card was theirs (TQ-1).
    not_found = models.BooleanField(default=False)
    customer_id = models.UUIDField(null=True)
    called = models.CharField(max_length=40, blank=True)
    named = models.UUIDField(null=True)
    registered_with = models.UUIDField(null=True)
    note = models.CharField(max_length=200, blank=True)
    looked_for = models.CharField(max_length=80, blank=True)
    # What they are known by while they wait, and where they sit; a customer's matter, erased with the note.
    looks = models.CharField(max_length=60, blank=True)
    seat = models.CharField(max_length=20, blank=True)
    # Salt of the commitments to these words in the journal; gone with them, none on visits of before.
    salt = models.CharField(max_length=32, blank=True)
    # Registered on purpose although this customer's earlier group was still on the floor.
    again_of = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    units_wanted = models.PositiveSmallIntegerField(null=True)
    # Done on paper during an outage and entered later: when it was entered, and who received it.
    late_at = models.DateTimeField(null=True)
    late_receiver = models.UUIDField(null=True)
    # What the rules remember of a visit that has ended, taken out of the live state.
    record = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "number"], name="visit_number_once")
        ]
        indexes = [
            models.Index(fields=["site", "arrived_at"]),
            models.Index(fields=["site", "customer_id"]),
        ]


# What is said of a visit in somebody's own words.
VISIT_WORDS = ("called", "note", "looked_for", "looks", "seat")

# Events that carry a reason in somebody's own words.
FREE_TEXT = ("override", "adjust")


class TurnEvent(SiteRow):
    """One event of a day's queue, in the form of the replay contract with ids for names."""

    day = models.ForeignKey(GalleryDay, on_delete=models.PROTECT, related_name="events")
    index = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    event = models.JSONField()
    # Salt of the commitments that stand for this event's free text and its decisions' sentences in the journal.
    salt = models.CharField(max_length=32, blank=True)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, related_name="events", db_constraint=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "index"], name="event_index_once")
        ]
        indexes = [models.Index(fields=["site", "visit"])]


class Undone(SiteRow):
    """The correcting fact that takes one event back (within two minutes, if nothing depends on it)."""

    event = models.OneToOneField(TurnEvent, on_delete=models.PROTECT, related_name="undone")
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()


class TurnDecision(SiteRow):
    """One decision of the rules: who, under which clause, why in one sentence, provable by its receipt."""

    day = models.ForeignKey(GalleryDay, on_delete=models.PROTECT, related_name="decisions")
    event = models.ForeignKey(TurnEvent, on_delete=models.PROTECT, related_name="decisions")
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, related_name="decisions", db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=8)
    clause = models.CharField(max_length=12)
    clause_revision = models.PositiveSmallIntegerField(default=1)
    because = models.TextField()
    receiver = models.UUIDField(null=True)
    counted = models.BooleanField(null=True)
    turn = models.CharField(max_length=8, blank=True)
    passed_over = models.JSONField(default=list)
    queue = models.JSONField(default=list)
    seq = models.BigIntegerField()
    receipt = models.CharField(max_length=16)
    rule_version = models.CharField(max_length=20)
    policy_version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "event", "position"], name="decision_position_once"
            )
        ]
        indexes = [
            models.Index(fields=["site", "visit"]),
            models.Index(fields=["site", "day", "seq"]),
            models.Index(fields=["site", "receipt"]),
        ]


class Reception(SiteRow):
    """Someone receives a visit, from when until when; accepting the turn is a fact of its own."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="receptions")
    receiver = models.UUIDField()
    decision = models.OneToOneField(TurnDecision, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    alerted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "receiver"],
                condition=Q(ended_at__isnull=True),
                name="receives_one_group_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["site", "visit"],
                condition=Q(ended_at__isnull=True),
                name="a_group_has_one_receiver",
            ),
        ]
        indexes = [models.Index(fields=["site", "receiver", "began_at"])]


class Nudge(SiteRow):
    """The desk about a receiver who doesn't come: called again, or the manager asked for somebody else."""

    class Kind(models.TextChoices):
        """What the desk did."""

        AGAIN = "again", "再叫一次"
        CHANGE = "change", "请经理换人"

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="nudges")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.UUIDField()
    seq = models.BigIntegerField()


class Claim(SiteRow):
    """TQ-6: this visitor is a peer or unrelated; the manager confirms it with the customer, or not.

    No approval: what the manager says is evidence about a visit, see docs/decisions/0029.
    """

    day = models.ForeignKey(GalleryDay, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="claims")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    customer_confirmed = models.CharField(max_length=200, blank=True)
    # Salt of the commitments to note and answer; none on claims of before.
    salt = models.CharField(max_length=32, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "visit"],
                condition=Q(decided_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_claim_a_visit",
            )
        ]
