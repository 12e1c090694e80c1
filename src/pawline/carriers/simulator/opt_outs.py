"""What carriers do by themselves with STOP and START, for one pair of numbers: who texted it, and the number they texted."""

from collections.abc import Iterator
from typing import NamedTuple

from pawline.carriers.simulator.dialling_plan import NumberType, type_of

# Integrations, 1.8. Only the exact word counts, in any case.
_STOP = {
    NumberType.TOLL_FREE: frozenset({"STOP"}),
    NumberType.LOCAL: frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"}),
}
_START = {NumberType.TOLL_FREE: frozenset({"START", "UNSTOP"}), NumberType.LOCAL: frozenset({"START", "UNSTOP", "YES"})}
_HELP = frozenset({"HELP", "INFO"})

_STOPPED = {
    NumberType.TOLL_FREE: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. '
    'Text back "unstop" to receive messages again.',
    NumberType.LOCAL: "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
}
_STARTED = {
    NumberType.TOLL_FREE: 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
    NumberType.LOCAL: "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}
_HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."


class Pair(NamedTuple):
    number: str
    phone: str


class OptOuts:
    def __init__(self, *, answers_help: bool) -> None:
        self._answers_help = answers_help
        self._blocked: set[Pair] = set()

    def __iter__(self) -> Iterator[Pair]:
        return iter(sorted(self._blocked))

    def is_blocked(self, pair: Pair) -> bool:
        return pair in self._blocked

    def block(self, pair: Pair) -> None:
        self._blocked.add(pair)

    def hear(self, pair: Pair, text: str) -> str:
        """Obey a keyword. Returns the carrier's own reply, empty for none: a word that changes nothing is not answered."""
        rules = NumberType.TOLL_FREE if type_of(pair.number) is NumberType.TOLL_FREE else NumberType.LOCAL
        word = text.strip().upper()
        if word in _STOP[rules] and pair not in self._blocked:
            self._blocked.add(pair)
            return _STOPPED[rules]
        if word in _START[rules] and pair in self._blocked:
            self._blocked.remove(pair)
            return _STARTED[rules]
        if word in _HELP and self._answers_help and pair not in self._blocked:
            return _HELPED
        return ""

    def clear(self) -> None:
        self._blocked.clear()
