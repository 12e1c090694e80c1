"""What a text says about getting texts: the fixed words, which act by themselves, and wishes, which staff are shown."""

import re
import unicodedata
from enum import StrEnum


class Keyword(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"


# 47 CFR 64.1200(a)(10) names most of the first line; carriers act on the others too. ARRET is for French Canada.
_STOP = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")
_STOP_TOO = ("stopall", "stop all", "optout", "opt-out", "remove", "arret")
_WORDS = {
    Keyword.STOP: frozenset(_STOP + _STOP_TOO),
    Keyword.START: frozenset({"start", "unstop", "yes"}),
    Keyword.HELP: frozenset({"help", "info"}),
}

# The rule above also binds to other words that a reasonable person would understand. A machine is not one, so staff decide.
# CANCEL, END and REVOKE with a word of courtesy are missing on purpose: they are mostly about an appointment.
_STOP_IN_COMPANY = frozenset({"stop", "stop all", "stopall", "unsubscribe", "opt out", "optout", "quit", "arret", "no mas"})
_COURTESY = re.compile(
    r"\b(?:please|pls|plz|thanks|thank you|thank u|thx|ty|hi|hello|hey|ok|okay|now|just|it|this|im|i am|sorry|por favor|gracias"
    r"|hola|ya|sil vous plait|svp|merci|bonjour)\b"
)
_TEXTS = r"(?:texts?|txts?|sms|messages?|msgs?|notifications?|reminders?|mensajes?|textos?)"
_NOT = r"(?:do not|dont|never|no longer|not)"
_WISHES = re.compile(
    r"\b(?:"
    # English
    r"stop (?:sending|texting|messaging|msging|contacting|spamming|bothering)"
    rf"|stop (?:with )?(?:(?:all|the|these|those|this|your|my|any|getting|receiving|future|automated) ){{0,3}}{_TEXTS}"
    rf"|(?:do not|dont|never|quit) (?:ever )?(?:text|txt|message|msg|contact|sms)(?:ing)?(?: (?:me|us|this|here|anymore|again)|$)"
    rf"|(?:do not|dont|quit) send(?:ing)? (?:me |us )?(?:any |more |anymore |these |your )*{_TEXTS}"
    rf"|{_NOT} (?:want|wish|need)(?: to (?:get|receive))? (?:any |more |these |your |to )*{_TEXTS}|no more {_TEXTS}"
    r"|wrong (?:number|person)|(?:lose|delete|remove) (?:my|this) number|leave (?:me|us) alone"
    r"|(?:take|remove) (?:me|us|my number|this number) (?:off|from)|unsubscribe|opt (?:me |us )?out"
    # Spanish
    rf"|no mas {_TEXTS}|no (?:me|nos) (?:escriba|escriban|escribas|mande|manden|envie|envien|textee|texteen|contacte|contacten)"
    r"|deje[ns]? de (?:enviar|mandar|escribir|textear|molestar)\w*|numero equivocado|numero incorrecto"
    # French
    rf"|(?:arretez?|arreter) (?:de |les |ces |vos )*(?:mecrire|menvoyer|envoyer|{_TEXTS})|ne (?:mecrivez|menvoyez) plus"
    rf"|plus de {_TEXTS}|(?:mauvais|faux) numero|desabonne[rz]?|desinscri\w+"
    r")"
)
# "Don't stop texting me" asks for the opposite.
_OPPOSITE = re.compile(rf"\b(?:{_NOT}|wont|didnt|did not|will not|cant|cannot|ne pas) (?:want to |mean to )?$")


def read_keyword(text: str, *, is_out: bool = False) -> Keyword | None:
    """The keyword that is the whole of ``text``, in any case and with any space, quotes and punctuation around it.

    ``is_out``: the number is opted out or blocked. Only then YES asks for texts; otherwise it answers a question.
    """
    word = _without_accents(text)
    if word == "yes" and not is_out:
        return None
    return next((keyword for keyword, words in _WORDS.items() if word in words), None)


def is_wish_to_stop(text: str) -> bool:
    """Does free text sound like "no more texts"? Doubtful ones do not count: a member of staff reads it anyway."""
    spoken = _spoken(text)
    if " ".join(_COURTESY.sub(" ", spoken).split()) in _STOP_IN_COMPANY:
        return True
    return any(not _OPPOSITE.search(spoken[: wish.start()]) for wish in _WISHES.finditer(spoken))


def _without_accents(text: str) -> str:
    """Lower case, one space between words, nothing but letters and digits at either end."""
    plain = "".join(
        "-" if unicodedata.category(character) == "Pd" else character
        for character in unicodedata.normalize("NFKD", text)
        if unicodedata.category(character) not in {"Mn", "Cf", "Cc"} or character.isspace()
    )
    words = " ".join(plain.casefold().split())
    return words.strip("".join({character for character in words if _is_around(character)}))


def _is_around(character: str) -> bool:
    return unicodedata.category(character)[0] in "PZ" or character in "`\u00b4^~|<>+=$"


def _spoken(text: str) -> str:
    """Words alone: no accents, apostrophes or punctuation, so that "don't" and "dont" are one."""
    words = _without_accents(text)
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"['\u2019\u02bc`]", "", words)).split())
