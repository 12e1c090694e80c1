"""The states of a text on its way, which of them outranks which, and the one kind of text that is of no conversation."""

STATES = ("queued", "leased", "attempting", "accepted", "sent", "delivered", "failed", "unknown", "held", "cancelled")

# The category of texts with a code to sign in: of no message, stopped by what stops messages, never sent a second time blindly.
SIGN_IN = "sign_in"

# What the carrier says may only move a text up. A text that was given up, and is heard of after all, is no longer given up;
# "failed" is the last word unless the text arrived.
RANKS = ("queued", "leased", "attempting", "unknown", "held", "cancelled", "accepted", "sent", "failed", "delivered")


def outranks(state: str, other: str) -> bool:
    return RANKS.index(state) > RANKS.index(other)
