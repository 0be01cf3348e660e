"""Company, sites, posts, departments, staff and the roles they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower

from .ids import uuid7


class SiteKind(models.TextChoices):
    """What kind of place a site is; it decides which wing is shown there."""

    SALES_CENTRE = "sales_centre", "销售中心"
    SHOW_FLAT = "show_flat", "样板间"
    MANAGEMENT_OFFICE = "management_office", "管理处"
    HEADQUARTERS = "headquarters", "公司总部"


class Company(models.Model):
    """The company that runs this installation: one row, made by the first-run page or the demo."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("公司名称", max_length=80)
    is_demo = models.BooleanField(default=False)
    managers_need_second_factor = models.BooleanField("管理者须动态验证码", default=True)
    set_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Two people setting up at the same moment must not found two companies.
            models.UniqueConstraint(Value(1), name="one_company"),
        ]

    def __str__(self) -> str:
        return self.name


class DemoLeft(models.Model):
    """The demo was left behind on purpose: it is not built again on this database."""

    at = models.DateTimeField()


class Site(models.Model):
    """A place with a front desk. Its id leads every key of its data, so it can move whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类型", max_length=20, choices=SiteKind.choices)
    code = models.SlugField("代号", max_length=32, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=16)
    # Galleries and show flats are busiest on holidays; offices are closed.
    keeps_public_holidays = models.BooleanField("按国家节假日放假", default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department of one site that people and matters belong to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("部门", max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="department_once_a_site")
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post of one site, such as 前台 or 大门岗; the duty wing keeps it covered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="posts")
    name = models.CharField("岗位", max_length=40)
    must_be_covered = models.BooleanField("始终有人", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="post_once_a_site")]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by account; needed by the authentication framework."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The staff member whose account this is."""
        return self.get(account=username)


class Staff(AbstractBaseUser):
    """A person who works here and signs in, by account or phone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.CharField("账号", max_length=40, unique=True)
    phone = models.CharField("手机", max_length=20, null=True, blank=True, unique=True)
    email = models.EmailField("邮箱", blank=True)
    name = models.CharField("姓名", max_length=40)
    pinyin = models.CharField(max_length=120, blank=True)
    # What the search box finds, made of the name by `spellings.found_by`.
    sought = models.TextField(blank=True, default="", db_default="")
    initials = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField("在职", default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    pin = models.CharField(max_length=128, blank=True)
    pin_failures = models.PositiveSmallIntegerField(default=0)
    must_change_password = models.BooleanField(default=False)
    # The slips on which the first password was handed over, until it is replaced.
    first_slips = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "account"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = StaffManager()

    class Meta:
        ordering = ["pinyin", "account"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account=Lower(F("account"))), name="account_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as colleagues know it."""
        return self.name


class Assignment(models.Model):
    """A role a person holds at a site (or company-wide where site is null), from and until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField("角色", max_length=32)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["site", "role"]), models.Index(fields=["staff"])]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "staff", "role"],
                condition=Q(until__isnull=True),
                name="role_held_once",
                nulls_distinct=False,
            )
        ]


class RoleOffer(models.Model):
    """A role at another site, offered to someone; it is held only once they accept it themselves."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=32)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True)
    offered_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True)
    # The role in words, for pages; not a column.
    title = ""

    class Meta:
        indexes = [models.Index(fields=["staff"], condition=Q(answered_at=None), name="open_offer")]


class Delegation(models.Model):
    """TQ-11: the manager hands supervision to a named person for a time, with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    given_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    given_to = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="delegations")
    reason = models.CharField("原因", max_length=200)
    # Salt of the commitment that stands for the reason in the journal.
    salt = models.CharField(max_length=32, blank=True)
    receipt = models.CharField(max_length=9, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["site", "until"])]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="delegation_has_a_span")
        ]


class SharedTablet(models.Model):
    """A tablet several people share: a PIN switches the person. Known by its cookie's secret."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    name = models.CharField("名称", max_length=40)
    secret_hash = models.CharField(max_length=64)
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")


class PasswordSlips(models.Model):
    """First passwords to hand over: whose, made by whom. They are derived, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    staff_ids = models.JSONField(default=list)
    put_away_at = models.DateTimeField(null=True, blank=True)


class SiteHoliday(models.Model):
    """A day on which this site's calendar departs from the public one; `works` tells which way."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField("日期")
    works = models.BooleanField("上班")
    name = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="holiday_once_a_site")]


class OpeningHours(models.Model):
    """A window of a site's weekday (0 = Monday), several where it closes over lunch; none: closed all day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField("开始")
    closes = models.TimeField("结束")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "weekday", "opens"], name="window_once_a_weekday"
            ),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="closes_after_opening"),
        ]


class ApiToken(models.Model):
    """A key of a device or an integration: it acts in the name of a person, within its scopes.

    The secret itself is kept nowhere: `digest` is its SHA-256, `shown` its first characters.
    """

    class Kind(models.TextChoices):
        """What holds the key."""

        DEVICE = "device", "设备"
        INTEGRATION = "integration", "对接系统"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    scopes = models.JSONField(default=list)
    acts_as = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(unique=True)
    shown = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class ApiCalls(models.Model):
    """How often a token called in the present window; kept without the write-ahead log, a crash forgets it."""

    pk = models.CompositePrimaryKey("token", "kind")
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5)
    window = models.BigIntegerField()
    calls = models.PositiveIntegerField()


class WrongCode(models.Model):
    """A wrong sign-in code of a place, kept to stop guessing from home; the table keeps the gallery's old name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    staff_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "floor_wrongcode"
        indexes = [models.Index(fields=["site", "staff_id", "at"])]


class PolicyValues(models.Model):
    """One version of a policy: whoever changed it signs with a reason; the latest one is in force."""

    version = models.PositiveIntegerField()
    values = models.JSONField()
    since = models.DateTimeField()
    by = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    # Salt of the commitment to the reason; none on versions of before.
    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True


class SitePolicy(PolicyValues):
    """A version of one of a site's policies, by its name; see `people.policies`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    # None on versions of before, which held from the moment they were signed.
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name", "version"], name="site_policy_once")
        ]
