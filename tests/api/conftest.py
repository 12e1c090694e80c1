"""What all sweeps of the API share."""

from tests.quick_passwords import quick_passwords

__all__ = ["quick_passwords"]
