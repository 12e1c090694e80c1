"""A browser with nobody signed in, a staff member who works, their mailbox, and no failed tries of other tests."""

from pawline.sign_in.tests.conftest import browser, member, newcomer, no_tries_yet, post_office, postman, quick_passwords

__all__ = ["browser", "member", "newcomer", "no_tries_yet", "post_office", "postman", "quick_passwords"]
