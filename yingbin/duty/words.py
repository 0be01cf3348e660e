"""What people call the things of a day on duty."""

BREAKS = {"meal": "用餐", "rest": "休息"}
CHECKS = {"opening": "开门检查", "round": "巡查", "closing": "关门检查"}
ITEMS = {
    "environment": "环境卫生",
    "goods": "物品摆放",
    "facilities": "设施设备",
    "guards": "安全员仪容仪表",
    "patrol": "巡查一圈",
    "water": "水阀已关",
    "electricity": "电源已关",
    "gas": "燃气已关",
    "doors": "门已锁",
    "windows": "窗已关",
}
CASES = {"disruption": "有人扰乱秩序", "emergency": "突发事件"}
ROLE_WORDS = {
    "lead": "领班",
    "receptionist": "接待员",
    "head": "项目负责人",
    "guard": "安全员",
}
RESULTS = {"ok": "正常", "failed": "不正常", "na": "不适用"}
LINES = {"slip": "信息传递单", "repair": "报修"}
ALL_LINES = {**LINES, "damage": "物品损坏"}
