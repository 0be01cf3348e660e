"""One morning of the demo on which visits meet: somebody in two places, a room too few, three competitors kept apart."""

from .demo_story import Deed, Story, agreed, hosted, received, way

RIVALS = "家电"
_UNION = ("association", "none", "survey")
BOTH = ("plant", "workshop")

# In two days: at nine two groups, both shown the workshop by the same colleague and both too large for the small room;
# their competitors come an hour later to another area, and in the afternoon.
MORNING = (
    Story(
        "雄峰压缩机", "杜明远", 160, (2, 9), 14, BOTH, rivals=RIVALS, words={"wants": "压缩机装配"},
        deeds=(*received(BOTH, 14), way("room 15", "workshop 45 hanmei", "plant 40", after=9)),
    ),
    Story(
        "市总工会劳模参观团", "钱主席", 158, (2, 9), 13, BOTH, _UNION,
        deeds=(*received(BOTH, 13, guide="hejun"), way("workshop 40 hanmei", "plant 40", after=9)),
    ),
    Story(
        "澜海冷链", "冯一凡", 156, (2, 10), 11, ("plant", "finished_goods"), rivals=RIVALS,
        deeds=(
            Deed(0.5, "jiangnan", "area", {"area": "plant", "answer": "refused", "reason": "同一上午有同行，走成品一路不碰面"}),
            *agreed("finished_goods"), *hosted(("finished_goods",), 11, "qinyuan"),
            way("room 20", "finished_goods 60", after=9),
        ),
    ),
    Story(
        "远航小家电", "沈知夏", 154, (2, 14), 12, ("workshop",), rivals=RIVALS,
        deeds=(*received(("workshop",), 12), way("room 30", "workshop 60", after=9)),
    ),
)  # fmt: skip
