"""How first passwords are kept: they are made by machine, so a quick hash is as good as a slow one."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class FirstPasswordHasher(PBKDF2PasswordHasher):
    """For first passwords only: 59 random bits need no slow hash, and a sheet may bring hundreds."""

    algorithm = "pbkdf2_first"
    iterations = 5_000
