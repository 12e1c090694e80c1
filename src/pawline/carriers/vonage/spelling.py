"""The carrier writes international numbers without the plus."""


def strip_plus(number: str) -> str:
    return number.removeprefix("+")


def add_plus(number: str) -> str:
    """Short codes and names of senders stay as they are: no international number has less than seven digits."""
    return f"+{number}" if number.isascii() and number.isdigit() and len(number) >= 7 else number
