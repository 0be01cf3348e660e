"""What a customer is told before a phone number is kept, until a site words it for itself.

A change of wording is a new version: consents name the version they were given under.
"""

SHIPPED = "2026-1"

WORDINGS = {
    "2026-1": (
        "您留下的姓名和电话只用于本项目的接待与回访，由本公司保管，不会提供给别人。"
        "您随时可以要求查看、更正或删除。"
    ),
}
