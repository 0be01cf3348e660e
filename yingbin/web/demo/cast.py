"""The people of the demo, of the tests and of the screenshots: one named cast."""

from dataclasses import dataclass

PASSWORD = "yingbin-2026"
PIN = "2580"
COMPANY = "澄湖置业（演示）"
SITE = ("hupan", "湖畔雅居销售中心", "湖畔雅居")


@dataclass(frozen=True)
class Member:
    """One person of the cast: account, name, phone, role at their place; the department where they belong to one."""

    account: str
    name: str
    phone: str
    role: str
    department: str = ""


MANAGER = Member("zhenglan", "郑岚", "13800010001", "sales_manager")
LEAD = Member("xunuo", "许诺", "13800010002", "lead")
HEAD = Member("chengyi", "程毅", "13800010005", "project_head")
RECEPTIONISTS = [
    Member("suqing", "苏晴", "13800010003", "receptionist"),
    Member("yexiaoman", "叶小满", "13800010004", "receptionist"),
]
SALES = [
    Member("linyue", "林悦", "13800010011", "salesperson"),
    Member("zhouhang", "周航", "13800010012", "salesperson"),
    Member("wumin", "吴敏", "13800010013", "salesperson"),
    Member("chensiyuan", "陈思远", "13800010014", "salesperson"),
    Member("zhaoyutong", "赵雨桐", "13800010015", "salesperson"),
    Member("wangjianguo", "王建国", "13800010016", "salesperson"),
    Member("sunqian", "孙倩", "13800010017", "salesperson"),
    Member("hejiahao", "何家豪", "13800010018", "salesperson"),
]
ADMINISTRATOR = Member("gubei", "顾北", "13800010031", "administrator")
AUDITOR = Member("qinming", "秦明", "13800010032", "auditor")
SCREEN = Member("daping", "案场大屏", "13800010033", "screen")
# Who stands at the sales centre's posts beside these, and its guard: days on duty are theirs, the turn queue goes without.
ON_DUTY = [
    Member("dingning", "丁宁", "13800010021", "receptionist"),
    Member("hemiao", "何苗", "13800010022", "receptionist"),
    Member("jiyun", "纪云", "13800010023", "receptionist"),
    Member("taoran", "陶然", "13800010024", "receptionist"),
    Member("wenjing", "文静", "13800010026", "receptionist"),
    Member("shifeng", "石峰", "13800010025", "guard"),
]
EVERYONE = [MANAGER, HEAD, LEAD, *RECEPTIONISTS, *SALES, ADMINISTRATOR, AUDITOR, SCREEN]


@dataclass(frozen=True)
class Further:
    """One more place of the demo's company, and who works there; some of the gallery's people help out.

    hint: what a newcomer should know before signing in there.
    """

    kind: str
    code: str
    name: str
    short: str
    people: tuple[Member, ...]
    also: tuple[tuple[Member, str], ...] = ()
    hint: str = ""


GUARD = Member("lianghai", "梁海", "13800010044", "guard")
# Their codes come after the gallery's, so that whoever works everywhere starts there.
FURTHER = [
    Further(
        "show_flat", "hupan-yangfang", "湖畔雅居洋房样板间", "洋房样板间",
        (
            Member("tangwan", "唐婉", "13800010041", "receptionist"),
            Member("ningan", "宁安", "13800010042", "receptionist"),
            Member("yuchu", "余初", "13800010045", "receptionist"),
            GUARD,
        ),
        ((LEAD, "lead"), (HEAD, "project_head")),
        f"到岗要签到码：{LEAD.account} 打开「岗位 → 签到码大屏」，照着输，半分钟换一次",
    ),
    Further(
        "show_flat", "hupan-yunqi", "澄湖之畔云栖叠院样板间", "云栖叠院样板间",
        (Member("fangke", "方可", "13800010043", "receptionist"),),
        ((LEAD, "lead"), (HEAD, "project_head"), (GUARD, "guard")),
    ),
    Further(
        "management_office", "hupan-wuye", "湖畔雅居物业服务中心管理处", "湖畔雅居管理处",
        (
            Member("luojing", "罗静", "13800010051", "desk_clerk"),
            Member("shenyi", "沈毅", "13800010052", "desk_supervisor"),
            Member("guming", "顾明", "13800010055", "desk_manager"),
            Member("panwei", "潘伟", "13800010053", "duty_guard"),
            Member("wuyue", "吴悦", "13800010056", "desk_clerk"),
            Member("gongcheng", "工程部老秦", "13800010054", "department_head", "工程部"),
            Member("fanqiang", "范强", "13800010057", "department", "工程部"),
            Member("guifang", "桂芳", "13800010058", "department_head", "保洁部"),
            Member("yeqing", "叶青", "13800010059", "department_head", "绿化部"),
        ),
    ),
    Further(
        "headquarters", "zongbu", "澄湖置业公司总部", "公司总部",
        (
            Member("jiangnan", "江南", "13800010061", "reception_department"),
            Member("baihe", "白荷", "13800010062", "administration"),
            Member("yanming", "严明", "13800010063", "senior"),
            Member("mengang", "孟刚", "13800010064", "guard"),
            Member("heyuan", "何远", "13800010065", "operations_manager"),
            Member("luodong", "罗栋", "13800010066", "senior"),
            Member("hanmei", "韩梅", "13800010067", "department_head", "生产部"),
            Member("hejun", "贺军", "13800010068", "department", "生产部"),
            Member("qinyuan", "秦源", "13800010069", "department_head", "研发部"),
        ),
    ),
]  # fmt: skip

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤单仇"
GIVEN = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "秀英",
    "霞",
    "平",
    "刚",
    "桂英",
    "建华",
    "文博",
    "志强",
    "海燕",
    "晓东",
    "雨欣",
    "子涵",
    "浩然",
    "梓萱",
    "宇轩",
    "诗涵",
    "欣怡",
    "思琪",
    "佳怡",
    "俊杰",
    "国栋",
    "丽华",
    "春梅",
    "玉兰",
    "建平",
    "立新",
    "美玲",
    "振华",
    "永康",
    "晨曦",
    "若溪",
    "亦凡",
    "书瑶",
    "天佑",
    "一鸣",
]
