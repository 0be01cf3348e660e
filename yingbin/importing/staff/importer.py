"""A sheet of people as a kind of import: who comes, with which roles, at which site."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from yingbin.importing.declared import Met, NextStep, Value, Words
from yingbin.importing.models import ImportRow, ImportRun
from yingbin.importing.table import TableImporter
from yingbin.importing.uploads import UploadForm
from yingbin.journal.action import Acting
from yingbin.journal.write import Pen
from yingbin.pages.phones import masked, shown
from yingbin.people import queries
from yingbin.people.calendar import ZONE
from yingbin.people.forms.staff import role_choices
from yingbin.people.models import Staff
from yingbin.people.queries.slips import SHOWN_FOR
from yingbin.tables.survey import hidden

from .blank import template
from .lines import FIELDS, LIMITS, MOST, SIZE, StaffLine
from .meaning import StaffForecast, scope_of, titles
from .taking import take, withdraw


class StaffImporter(TableImporter[StaffLine]):
    """People with their telephones and roles. An administrator's sheet may name other sites and managing roles."""

    kind = "staff"
    journal = "staff"
    clause = None
    permission = "staff.manage"
    namespace = "staff_import"
    fields = FIELDS
    form = UploadForm
    cells = tuple((f.name, f.label, 18) for f in FIELDS)
    chunk = 25
    # Names and numbers of colleagues, elsewhere too: nobody else looks into an upload, and not for long.
    own = True
    kept_for = timedelta(days=1)
    most, too_many = MOST, f"一次最多 {MOST} 人。请分成几个表格上传。"
    size, too_big = SIZE, "文件超过 2 MB。请只保留人员名单，去掉图片和别的工作表再上传。"
    limits = LIMITS
    words = Words(
        title="用表格导入人员",
        home="人员名单",
        subject="同事",
        file_hint=f"收 .xlsx 和 .csv，最多 {MOST} 人、2 MB。自己的表也行，只要有一行标题写着「姓名」「手机」「角色」。",
        begin_hint="这一步不保存任何人。先看每一列认成了什么，再看报告：谁是新的、谁加角色、哪行有问题。您确认了才添加，"
        "添加了还能整批撤销。",
        none_yet="人多的时候，填一张表一次添加，初始密码印成密码条发给大家。上传的名单只有您自己看得到，没有收的一天后自动删除。",
        undo_hint="新加的同事办离职，账号和手机号空出来；给已有同事加的角色收回。已经登录过、后来又加了角色的会保留，并列在这一页。",
        undone="还没登录过的新同事已办离职，加的角色已收回",
        report_hint="里面是完整号码，改好就请删掉。",
        known="加角色",
        again="早已在册",
        blank="下载模板",
    )

    def line(self, texts: Mapping[str, str]) -> StaffLine:
        """The texts as they stand there; what they mean depends on who is known by then."""
        return StaffLine.of(texts)

    def kept(self, told: Mapping[str, object]) -> StaffLine:
        """A line as it was kept."""
        return StaffLine.of(told)

    def forecast(self, run: ImportRun) -> StaffForecast:
        """What the lines mean for whoever uploaded them."""
        return StaffForecast(run.site_id, run.uploaded_by, run.mapped_at or run.uploaded_at)

    def prepare(
        self, run: ImportRun, rows: Sequence[ImportRow], at: datetime
    ) -> Sequence[ImportRow]:
        """Nothing: what decides must be read under the lock."""
        return rows

    def take(self, pen: Pen, run: ImportRun, prepared: Sequence[ImportRow]) -> None:
        """People, roles, slips."""
        take(pen, run, prepared)

    def withdraw(self, pen: Pen, run: ImportRun, rows: Sequence[ImportRow]) -> None:
        """Those nobody has met yet, and roles that were given."""
        withdraw(pen, run, rows)

    def values(self, row: ImportRow) -> list[Value]:
        """What will be kept of a newcomer, which roles somebody known gets; later, what was given."""
        meant, told = row.meant or {}, StaffLine.of(row.told or {})
        role = Value("角色", titles(meant.get("given") or meant.get("roles", [])))
        found = [_value(role.label, role.stored, told.role)]
        if row.told and row.verdict == ImportRow.Verdict.NEW:
            found = [*_of_newcomer(told), *found, _value("邮箱", told.email, told.email)]
        found.append(_value("项目", str(meant.get("place", "")), told.site))
        found.append(_value("部门", told.department, told.department))
        return [one for one in found if one.stored or one.written]

    def again(self, row: ImportRow) -> str:
        """Nothing is left to do."""
        return "已经在册，这些角色都有了。"

    def met(self, site_id: UUID, rows: Iterable[ImportRow]) -> Mapping[UUID, Met]:
        """The colleagues that lines are about."""
        found = Staff.objects.in_bulk({row.subject_id for row in rows if row.subject_id})
        return {
            one.id: Met(f"{one.name}（{one.account}）", masked(one.phone) if one.phone else "")
            for one in found.values()
        }

    def blank(self, acting: Acting) -> bytes:
        """With the roles and departments of the site, and the sites this person may name."""
        scope = scope_of(acting.site_id, UUID(str(acting.by)), acting.at)
        return template(
            [title for _, title in role_choices(scope.site, administrator=scope.administrator)],
            [site.short_name for site in scope.sites],
            [department.name for department in queries.departments_of(acting.site_id)],
        )

    def next_step(self, run: ImportRun, acting: Acting) -> NextStep | None:
        """The slips with the first passwords, while they can be seen; then where to give new ones."""
        waiting = Staff.objects.filter(
            first_slips=run.id, must_change_password=True, is_active=True
        )
        many = waiting.count()
        slips = queries.slips(run.id, UUID(str(acting.by)), acting.at)
        if not many:
            return None
        if slips is None:
            hint = f"密码条不再显示了。还有 {many} 人没有登录过：没拿到初始密码的，请点开那位重置密码。"
            return NextStep(reverse("people:staff"), "到人员", hint)
        until = (slips.made_at + SHOWN_FOR).astimezone(ZONE)
        hint = f"初始密码只显示到 {until:%H:%M}，请先打印或抄下来发给大家。"
        return NextStep(reverse("people:slips", args=[run.id]), f"看密码条（{many} 张）", hint)


def _of_newcomer(told: StaffLine) -> list[Value]:
    number = told.mark
    same = not number or _figures(shown(number)) in _figures(told.phone)
    return [
        _value("姓名", told.name, told.name),
        Value("手机", masked(number) if number else "", "" if same else hidden(told.phone)),
        _value("账号", told.account.lower() or "按姓名拼音自动生成", told.account),
    ]


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _value(label: str, stored: str, written: str) -> Value:
    """The file's own words only where they were written and differ."""
    return Value(label, hidden(stored), "" if stored == written else hidden(written))


STAFF = StaffImporter()
