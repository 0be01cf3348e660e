"""What a token may be made for: each scope stands for one permission of the person it acts as."""

SCOPES: dict[str, tuple[str, str]] = {
    "arrivals.write": ("arrivals.record", "登记到访、撤销"),
    "receptions.write": ("turns.take", "接单、接待完毕"),
    "queue.read": ("board.see", "读取轮排"),
    "decisions.read": ("turns.see", "读取判定与到访"),
    "customers.read": ("customers.find", "查找客户（号码隐去中间）"),
    "customers.write": ("customers.edit", "登记客户"),
}
