"""`manage`: Django's own commands."""


def run_manage(words: list[str]) -> int:
    """Runs a management command with these words."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["yingbin manage", *words])
    return 0
