"""The public form's words in English, what is wrong included."""

from yingbin.pages.forms import USED

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
    "minors": "Is anybody under 18",
    "code": "Code from the text message",
    "agreed": "I have read and accept the terms of confidentiality and safety",
}
CHOICES = {
    "sender": {
        "company": "A company", "office": "A government office", "school": "A school",
        "association": "An association", "official": "An official delegation",
        "celebrity": "Press and public figures", "company_head": "The head of a company",
    },
    "minors": {"no": "No", "yes": "Yes"},
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
# What a field says where it isn't filled in well; `{}` stands for its label.
WRONG = {
    "required": "Please fill in: {}.",
    "invalid": "Please write it as shown: {}.",
    "invalid_choice": "Please choose from the list: {}.",
    "max_length": "Too long: {}.",
    "min_length": "Not complete: {}.",
    "min_value": "Please give a whole number of at least 1: {}.",
    "max_value": "Too many: {}. Please telephone us.",
}
AGREE = "Please read the terms and accept them first."
NO_PHONE = "Please write the number with its country code, as +49 30 123456; a Chinese one as 138 0013 8000."
LEAVES_EARLY = "Please leave after you arrive."
REFUSALS = {
    USED: "This page was sent before, and that was taken. What you wrote now is still here; to send it once more, press again.",
    "来访时间已经过去，请改成以后的时间。": "That time has passed. Please choose a later one.",
    "新的时间已经过去，请改成以后的时间。": "That time has passed. Please choose a later one.",
    "没有改动。": "Nothing was changed.",
    "这次来访已经结束或取消，不能再改。": "This visit has ended or was withdrawn.",
}
