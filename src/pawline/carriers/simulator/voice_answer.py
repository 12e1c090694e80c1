"""What the product wants done with a call: the few words of TwiML that forwarding needs."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

_DTD = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Say:
    words: str


@dataclass(frozen=True, slots=True)
class Dial:
    numbers: tuple[str, ...]
    done_url: str
    timeout_seconds: float
    limit_seconds: float


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


Verb = Say | Dial | HangUp


def read_voice_answer(document: str, *, url: str) -> list[Verb]:
    """``url`` is where the document came from: addresses in it may be relative to that.

    Raises:
        ValueError: it is no TwiML, or has a verb this carrier does not know.
    """
    if _DTD.search(document):
        raise ValueError("a voice answer has no DTD")
    try:
        root = ET.fromstring(document)  # noqa: S314 - no DTD, so no entities
    except ET.ParseError as error:
        raise ValueError(f"the voice answer is not XML: {error}") from error
    if root.tag != "Response":
        raise ValueError(f"the voice answer starts with {root.tag}, not Response")
    return [_read_verb(element, url) for element in root]


def _read_verb(element: ET.Element, url: str) -> Verb:
    match element.tag:
        case "Say":
            return Say((element.text or "").strip())
        case "Dial":
            return _read_dial(element, url)
        case "Hangup" | "Reject":
            return HangUp()
        case unknown:
            raise ValueError(f"the voice answer has the verb {unknown}")


def _read_dial(element: ET.Element, url: str) -> Dial:
    named = [(child.text or "").strip() for child in element if child.tag == "Number"]
    numbers = named or [(element.text or "").strip()]
    action = element.get("action", "")
    return Dial(
        numbers=tuple(number for number in numbers if number),
        done_url=urljoin(url, action) if action else "",
        timeout_seconds=float(element.get("timeout", "30")),
        limit_seconds=float(element.get("timeLimit", "14400")),
    )
