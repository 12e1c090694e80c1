"""What phone companies forbid, in plain words. Whoever switches texting on says that they have read it."""

# Change it whenever the meaning of the points changes: everybody is asked to read them again before the next switching on.
VERSION = "2026-11"
POINTS = (
    "Text only people who gave you their number for this, and stop when they ask you to. STOP always works.",
    "Nothing about sex, hate, alcohol, firearms, tobacco or vaping. Phone companies call it SHAFT and block all of it.",
    "Nothing about cannabis or CBD, even where it is legal, and even if it is made for pets.",
    "No advertising of prescription drugs. You may say that a prescription is ready for pick-up.",
    "No debt collection for others, no loans, gambling or cryptocurrency, and no selling or sharing of clients' numbers.",
    "No advertising at all without the client's written consent for it. News about their own pet's care is not advertising.",
    "Say who you are, and send no shortened links of public services: they are taken for spam.",
)
CONSEQUENCE = "A text that breaks these rules may be blocked, and carriers may take the number away."
