"""Which words this carrier acts upon by itself. Source: its pages on keywords (2026) and on opting out of toll-free numbers."""

from pawline.carriers.interface import NumberKind, OptOutRules

# Toll-free numbers are blocked by a network behind the carrier that knows these words alone; YES does not lift its block.
TOLL_FREE = OptOutRules(stop=frozenset({"STOP"}), start=frozenset({"START", "UNSTOP"}))
OTHERS = OptOutRules(
    stop=frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"}),
    start=frozenset({"START", "UNSTOP", "YES"}),
)


def opt_out_rules(kind: NumberKind) -> OptOutRules:
    return TOLL_FREE if kind is NumberKind.TOLL_FREE else OTHERS
