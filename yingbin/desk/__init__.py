"""客服前台 (SD): what residents ask for, kept until they have their answer. `actions/happen.py` is the one door."""
