"""How a name is typed by whoever looks for its person: every likely reading of each character, ü as lv, lu or lyu.

A character may be read in several ways in names, above all as a surname; both are found. Readings that no name has
are left out, so that nobody is found by a sound their name doesn't have.
"""

import re
import unicodedata
from itertools import product

from .pinyin import syllables
from .traditional import simple

MOST = 16  # spellings of one name

_SEVERAL = """
单 shan dan chan|仇 qiu chou|曾 zeng ceng|解 xie jie|查 zha cha|朴 piao pu|盖 ge gai|区 ou qu|尉 wei yu
翟 zhai di|重 zhong chong|黑 he hei|秘 bi mi|折 she zhe|员 yun yuan|召 shao zhao|缪 miao mou miu
祭 zhai ji|乐 yue le|洗 xian xi|覃 qin tan|晟 sheng cheng|朝 chao zhao|种 chong zhong|繁 po fan|句 gou ju
卜 bu bo|万 wan mo|俟 qi si|沈 shen chen|谌 chen shen|郇 xun huan|郗 xi chi|隗 wei kui|乜 nie mie|宓 mi fu
牟 mou mu|拓 tuo ta|莘 shen xin|殷 yin yan|伯 bo bai|柏 bai bo|车 che ju|大 da dai|伽 jia qie ga
炅 jiong gui|琢 zhuo zuo|盛 sheng cheng|藏 zang cang|贾 jia gu|行 xing hang heng|长 chang zhang
传 chuan zhuan|调 diao tiao|弹 dan tan|和 he huo|会 hui kuai|系 xi ji|角 jiao jue|觉 jue jiao
校 xiao jiao|降 jiang xiang|参 can shen cen|差 cha chai|称 cheng chen|澄 cheng deng|乘 cheng sheng
畜 chu xu|幢 zhuang chuang|藉 jie ji|劲 jin jing|靓 liang jing|禅 chan shan|茜 qian xi|娜 na nuo
露 lu lou|率 lv shuai|绿 lv lu|落 luo la|脉 mai mo|没 mei mo|模 mo mu|度 du duo|都 du dou|敦 dun dui
佛 fo fu|番 fan pan|还 hai huan|龟 gui qiu jun|给 gei ji|虹 hong jiang|隽 juan jun|均 jun yun|浚 jun xun
楷 kai jie|蔓 man wan|屏 ping bing|曝 pu bao|奇 qi ji|荨 qian xun|纤 xian qian|塞 sai se|色 se shai
杉 shan sha|厦 sha xia|什 shi shen|识 shi zhi|适 shi kuo|氏 shi zhi|属 shu zhu|说 shuo yue|似 si shi
宿 su xiu|尾 wei yi|蔚 wei yu|巷 xiang hang|削 xue xiao|邪 xie ye|省 sheng xing|吁 xu yu|遗 yi wei
於 yu wu|钥 yao yue|约 yue yao|扎 zha za|择 ze zhai|峙 zhi shi|著 zhu zhuo|爪 zhao zhua|攒 zan cuan
贲 ben bi|泌 mi bi|薄 bo bao|堡 bao bu pu|泊 bo po|便 bian pian|扁 bian pian|颉 jie xie|仔 zi zai
溱 qin zhen|菀 wan yu|莞 guan wan|莎 sha suo|仡 ge yi|焯 zhuo chao|鬲 ge li|库 ku she|粘 nian zhan
么 yao me|能 neng nai|眭 sui gui|纶 lun guan|辟 pi bi|剥 bo bao|卡 ka qia|壳 ke qiao|勒 le lei
俩 liang lia|柚 you zhou|枸 gou ju|栎 li yue|涡 wo guo|熨 yun yu|矜 jin qin|禺 yu ou|稽 ji qi|芥 jie gai
荥 xing ying|葚 shen ren|蛤 ge ha|衰 shuai cui|褚 chu zhu|褪 tun tui|迫 po pai|阚 kan han|雀 que qiao
颤 chan zhan|黾 min mian
"""
_READINGS = {
    line[0]: tuple(line[2:].split()) for line in _SEVERAL.replace("\n", "|").split("|") if line
}
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\u3400-\u9fff\s]+")
_WORDS = re.compile(r"[\s·•・.,，-]+")
# Letters with a stroke or grown together, which don't come apart into a letter and its accent.
_ACCENTED = re.compile(
    "[\u00c0-\u024f\u1e00-\u1eff]"
)  # Latin alone: in other scripts a mark makes another letter
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})  # fmt: skip


def folded(text: str) -> str:
    """Letters and characters alone, small, simplified and without accents: what two ways of writing share."""
    small = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(filter(str.isalnum, simple(small)))
    return _ACCENTED.sub(_bare, kept).translate(_STROKES) if _ACCENTED.search(kept) else kept


def _bare(accented: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", accented[0])[0]


def words(name: str) -> list[str]:
    """The words of a name, as people leave them apart: 阿依古丽·买买提, John Smith."""
    return [word for word in _WORDS.split(name) if folded(word)]


def spellings(name: str) -> list[tuple[str, ...]]:
    """Every likely way to spell a name, as its syllables, the likeliest first, at most `MOST`."""
    told, room = [], MOST
    for choice in filter(None, map(_typed, _heard(simple(name)))):
        # Past so many spellings only the likeliest reading of what follows is kept.
        told.append(choice if len(choice) <= room else choice[:1])
        room //= len(told[-1])
    return list(product(*told)) if told else []


def _heard(name: str) -> list[list[str]]:
    """The readings of each character, likeliest first; words of letters as they are."""
    likeliest, tokens = syllables(name), _TOKEN.findall(name)
    if len(likeliest) != len(tokens):
        return [[sound] for sound in likeliest]
    return [
        list(dict.fromkeys((sound, *_READINGS.get(token, ()))))
        for sound, token in zip(likeliest, tokens, strict=True)
    ]


def _typed(sounds: list[str]) -> list[str]:
    """The sounds as they are typed: 吕 is lv, lu or, in passports, lyu."""
    found: list[str] = []
    for sound in map(folded, sounds):
        found.append(sound)
        if sound[:2] in ("lv", "nv"):
            found += [sound.replace("v", "u"), sound.replace("v", "yu")]
    return list(dict.fromkeys(filter(None, found)))


def found_by(name: str) -> str:
    """A person's name as it is looked for: the name itself and all spellings, each behind a blank."""
    known = {folded(name)}
    for word in {name, *words(name)}:
        for sounds in spellings(word):
            known |= {"".join(sounds), "".join(sound[0] for sound in sounds)}
    return "".join(f" {one}" for one in sorted(known) if one)


def looked_for(text: str) -> str:
    """What was typed, as it stands in `found_by`: letters from a word's beginning, characters anywhere."""
    typed = folded(text)
    return f" {typed}" if typed.isascii() else typed
