"""A browser with nobody signed in, and no failed tries of other tests."""

from pawline.sign_in.tests.conftest import browser, no_tries_yet

__all__ = ["browser", "no_tries_yet"]
