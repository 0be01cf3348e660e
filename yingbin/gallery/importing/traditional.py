"""Traditional characters read as the simplified ones that our words are written with; what is kept stays as written."""

_PAIRS = (
    "帶带兩两張张劉刘經经師师婦妇點点複复覆复訪访國国總总計计時时來来見见觀观電电話话號号碼码機机間间數数註注問问顧顾"
    "徑径聯联繫系渠渠獲获備备訊讯認认類类業业購购證证單单價价積积樓楼層层預预職职屬属觸触絡络誰谁員员戶户離离"
    "陳陈楊杨黃黄趙赵吳吴孫孙馬马鄭郑許许鄧邓馮冯蕭萧葉叶蘇苏呂吕蔣蒋盧卢羅罗謝谢韓韩鍾钟鐘钟陸陆龔龚嚴严賴赖"
    "顏颜鄒邹譚谭賀贺蘭兰莊庄塗涂歐欧陽阳諸诸葛葛溫温駱骆龍龙萬万錢钱湯汤侯侯韋韦項项樊樊魯鲁畢毕費费齊齐寧宁"
    "強强偉伟麗丽華华軍军勇勇傑杰萍萍珍珍鳳凤蓮莲紅红瓊琼貴贵榮荣興兴慶庆東东爾尔個个組组對对歲岁滿满齡龄處处"
    "親亲戚戚兒儿孫孙媽妈爺爷奶奶鄰邻舊旧轉转介介紹绍薦荐無无沒没還还未未詳详聽听說说週周礼禮禮礼農农曆历閏闰臘腊"
    "頁页製制表表審审覆复簽签領领負负責责財财務务夠够幾几約约餘余與与會会廳厅"
)
_MAP = {ord(a): b for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if a != b}
del _MAP[ord("礼")]


def simple(text: str) -> str:
    """The same text, character for character, in simplified characters as far as our words need them."""
    return text.translate(_MAP)
