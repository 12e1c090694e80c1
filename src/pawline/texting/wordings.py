"""The automatic texts, word for word. Those that a clinic can change are defaults of its settings."""

from pawline.platform.errors import Invalid

PHONE_NUMBER = "<phone number>"
LINK = "<link>"
PRACTICE, SUBJECT = "{practice}", "{subject}"

AWAY = (
    "This is an auto-reply. We're sorry we aren't available to chat at the moment. If this is an emergency, please call "
    f"{PHONE_NUMBER} for after-hours instructions. Your message will be received by our practice during business hours."
)
MEDIA = f"You've got a new photo/video message! {LINK}."
# Carriers in North America want the second half in the first text of a conversation.
WELCOME = "{practice} will text you here about {subject}. Reply STOP at any time to stop these texts."
WELCOME_NORTH_AMERICA = (
    "{practice} will text you here about {subject}. Msg frequency varies. Msg & data rates may apply. "
    "Reply HELP for help, STOP to stop these texts."
)
STOPPED = "You will get no more texts from {practice}. Reply START to undo."
STOPPED_AFTER_CONFIRMATION = (
    "You will get no more texts from {practice}. Your appointment is not cancelled; call {phone}. Reply START to undo."
)
STARTED = "You will get texts from {practice} again. Reply STOP to stop them."
HELP = "{practice}: for help call {phone}. Msg & data rates may apply. Reply STOP to stop texts."
CARD_REMOVED = (
    "{practice}: For your safety we removed a card number from your text. Please do not text card numbers; "
    "ask us for a payment link instead."
)
MISSED_CALL = "Sorry, nobody can take your call at the moment. You can send a text to this number."


def require_away_words(field: str, words: str) -> str:
    """An away text that does not say whom to call in an emergency must never go out."""
    if PHONE_NUMBER not in words:
        raise Invalid.field(field, f"does not contain {PHONE_NUMBER}; put it where the after-hours number belongs")
    return words


def fill_away(words: str, after_hours_number: str) -> str:
    return words.replace(PHONE_NUMBER, after_hours_number)


def fill_welcome(words: str, *, practice: str, subject: str) -> str:
    return words.replace(PRACTICE, practice).replace(SUBJECT, subject)


def fill_media(words: str, link: str) -> str:
    return words.replace(LINK, link)
