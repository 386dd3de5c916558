"""Numbers that a form or an address holds."""

# Longer ones are nobody's; Python refuses to read thousands of digits, and a database more than twenty.
MOST_DIGITS = 9


def typed_number(text: str, otherwise: int = 0) -> int:
    """A whole number of at most nine digits; `otherwise` for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else otherwise
