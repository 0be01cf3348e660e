"""What a sheet of people may say, and what one of its lines says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from yingbin.pages.phones import normalised
from yingbin.tables.survey import Field
from yingbin.tables.unpacking import Limits

MOST = 500
SIZE = 2 * 1024 * 1024
# What a small file may grow to when unpacked: more is a trap, not a list of people.
LIMITS = Limits(
    whole=30 * 1024 * 1024,
    sheet=15 * 1024 * 1024,
    part=4 * 1024 * 1024,
    elements=100_000,
    a_byte=0.5,
)
FIELDS = (
    Field("name", "姓名", needed="name", words=("名字", "员工姓名", "人员姓名")),
    Field(
        "phone", "手机", words=("手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式")
    ),
    Field("role", "角色", needed="role", words=("岗位", "职务", "职位")),
    Field("account", "账号", words=("帐号", "登录名", "登录账号", "用户名")),
    Field("site", "项目", words=("案场", "项目代号", "项目名称", "所在项目")),
    Field("department", "部门", words=("所属部门",)),
    Field("email", "邮箱", words=("电子邮箱", "邮件")),
)


@dataclass(frozen=True)
class StaffLine:
    """One person's line as it stands in the sheet: texts only."""

    name: str = ""
    phone: str = ""
    account: str = ""
    role: str = ""
    site: str = ""
    department: str = ""
    email: str = ""

    @property
    def mark(self) -> str:
        """The number by which an erasure finds the line."""
        return (normalised(self.phone) if self.phone else None) or ""

    def to_json(self) -> dict[str, object]:
        """For keeping between reading and taking in."""
        return asdict(self)

    @classmethod
    def of(cls, texts: Mapping[str, object]) -> "StaffLine":
        """From the texts of its cells, or as it was kept."""
        return cls(**{name: str(texts.get(name) or "") for name in cls.__dataclass_fields__})
