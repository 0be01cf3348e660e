"""How first passwords are kept: made by machine, a quick hash of them is as good as a slow one."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FirstPasswordHasher(PBKDF2PasswordHasher):
    """For first passwords only: 59 random bits need no slow hash, a sheet may bring hundreds."""

    algorithm = "pbkdf2_first"
    iterations = 5_000
