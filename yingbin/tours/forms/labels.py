"""The public form's words in English."""

ENGLISH = {
    "visitor": "Organisation",
    "contact": "Contact person",
    "phone": "Telephone",
    "day": "Date of visit",
    "start": "Arriving at",
    "end": "Leaving at",
    "headcount": "Number of visitors",
    "areas": "Areas you would like to see",
    "sender": "You come from",
    "relation": "Your relation with us",
    "aim": "Main interest",
    "trade": "Trade",
    "purpose": "Purpose of the visit",
    "wants": "What you would like to see",
    "language": "Language needed",
    "diet": "Dietary needs",
    "access": "Access needs",
    "vehicles": "Number plates",
    "cameras": "Cameras you would like to bring",
    "agreed": "I have read and accept the terms of confidentiality and safety",
}
CHOICES = {
    "sender": {
        "company": "A company", "office": "A government office", "school": "A school",
        "association": "An association", "official": "An official delegation",
        "celebrity": "Press and public figures", "company_head": "The head of a company",
    },
    "relation": {"none": "None yet", "frequent": "Regular customer", "partner": "Partner"},
    "aim": {
        "business": "Business talks", "products": "Products", "production": "Production",
        "management": "Management", "alliance": "Strategic cooperation", "survey": "Study visit",
    },
}  # fmt: skip
AREAS = {
    "plant": "Plant", "workshop": "Workshop", "logistics": "Logistics", "technology": "Technology",
    "rnd": "Research and development", "finished_goods": "Finished goods", "marketing": "Marketing",
    "laboratory": "Laboratory", "other": "Other",
}  # fmt: skip
