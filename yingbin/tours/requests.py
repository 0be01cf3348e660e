"""What has to be allowed by somebody else before a visit: a meal above the place's limit (CV-3.3.4)."""

from yingbin.rules.approvals import ApprovalKind

MEAL = ApprovalKind(
    "tours_meal",
    "宴请超标",
    "CV-3.3.4",
    "tours.approve",
    decided="yingbin.tours.actions.meals.decided",
    on_yes="可以按这个标准预订，方案里的用餐已经算办好。",
)
APPROVALS = (MEAL,)
