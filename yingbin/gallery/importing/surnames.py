"""Surnames, as far as telling one name from two needs them."""

import re

from yingbin.people.traditional import simple

DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "宇文", "长孙", "南宫", "端木", "轩辕", "独孤", "百里", "呼延", "太史", "申屠", "濮阳", "淳于", "单于", "澹台", "公冶", "钟离", "闻人", "司空", "完颜")  # fmt: skip
SINGLE = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封储靳松井段富巫乌焦巴弓牧隗山谷车侯班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴能苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关相查荆红游竺权盖益桓公肖代付闫覃涂苟欧佟冼岳帅商牟海牙由禤晋楚逄苑仝粟候茆展藏麦揭庹来"
)


def surname_of(text: str) -> str:
    """The surname a name begins with, or nothing."""
    text = simple(text)
    if text.startswith(DOUBLE):
        return text[:2]
    return text[:1] if text[:1] in SINGLE else ""


def looks_like_name(text: str) -> bool:
    """Whether this can be a whole Chinese name: a surname and one to three more characters."""
    surname = surname_of(text)
    return bool(surname) and bool(re.fullmatch(r"[\u4e00-\u9fff·]{1,3}", text[len(surname) :]))
