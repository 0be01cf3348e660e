"""The gallery's policy as its manager sets it; nothing here saves."""

from typing import ClassVar

from django import forms

from yingbin.pages.forms import KeyedForm, whole

PASSED_OVER = [("make_up", "补接"), ("keep", "保留位置"), ("lose", "不补，排到末位")]
OPENING = [("carry", "沿用长期顺序"), ("sign_in", "按签到先后"), ("manual", "经理排定")]


class PolicyForm(KeyedForm):
    """The gallery's policy, signed by the manager with a reason."""

    receiver_busy = forms.ChoiceField(
        label="指名或老客户的接待人正忙时",
        choices=[("wait", "等本人"), ("assist", "末位协助")],
        help_text="「末位协助」偏离原文：由末位同事协助、不计次。",
    )
    own_customer_counts = forms.BooleanField(required=False)
    named_turn = forms.ChoiceField(
        label="指名、老客户占用的轮次", choices=[("owed", "欠一轮"), ("tail", "立即排到末位")]
    )
    makeup_per_absence = whole("一次公事外出最多补接几次", 0, 20)
    passed_over_business = forms.ChoiceField(label="公事外出被轮空", choices=PASSED_OVER)
    passed_over_meal = forms.ChoiceField(label="用餐被轮空", choices=PASSED_OVER)
    passed_over_private = forms.ChoiceField(label="私事外出被轮空", choices=PASSED_OVER)
    opening = forms.ChoiceField(label="开场顺序", choices=OPENING)
    accept_seconds = whole("多少秒不接单就提醒经理", 30, 1800)
    undo_seconds = whole("登记后多少秒内可以撤销", 0, 600)
    remind_minutes = whole("过了平时收场时间多少分钟还没收场，就提醒经理", 0, 240, required=False)
    channels = forms.BooleanField(required=False)
    channel_valid_days = whole("报备几天内有效", 1, 365, required=False)
    channel_before_minutes = whole("到访前至少多少分钟报备", 0, 10080, required=False)
    protection_days = whole("多少天没联系就不再算原接待人的客户", 0, 3650, required=False)
    reason = forms.CharField(label="为什么改", max_length=200)

    TURNS: ClassVar = ("receiver_busy", "own_customer_counts", "named_turn", "makeup_per_absence")
    ALWAYS: ClassVar = ("opening", "accept_seconds", "undo_seconds", "channels")
    OPTIONAL: ClassVar = (
        "channel_valid_days",
        "channel_before_minutes",
        "protection_days",
        "remind_minutes",
    )

    def values(self) -> dict[str, object]:
        """The policy's values for the action; call after `is_valid`."""
        told = self.cleaned_data
        passed = {r: told[f"passed_over_{r}"] for r in ("business", "meal", "private")}
        turns = {name: told[name] for name in self.TURNS} | {"passed_over": passed}
        given = {n: told[n] for n in self.OPTIONAL if told[n] is not None}
        return {"turns": turns, **{n: told[n] for n in self.ALWAYS}, **given}
