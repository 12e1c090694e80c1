"""Words: one per idea, vendors only in their folders, and nothing of the machine it was written on.

An exception needs its reason on the same line, after the comment sign: ``words: <reason>``.
"""

import io
import keyword
import re
import tokenize
from collections.abc import Iterator

from tools.findings import Finding, Source, read_sources

# The glossary's word for each second word. Only words with one meaning in code stand here: "client" may be a browser.
GLOSSARY = {
    "customer": "contact or family",
    "patient": "pet",
    "visitor": "guest",
    "organisation": "practice",
    "organization": "practice",
    "employee": "staff member",
    "receptionist": "staff member",
    "chatroom": "thread",
    "chat_room": "thread",
    "chat_session": "conversation",
    "chat_message": "message",
    "last_seen_seq": "read mark",
}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
VENDORS = ("twilio", "telnyx", "vonage", "plivo", "sinch", "messagebird", "stripe")
VENDOR_FOLDERS = ("src/pawline/carriers/", "src/pawline/payments/stripe/", "src/pawline/payments/simulator/")

# Put together here, so that this file passes its own check.
HOSTS = [f"{name}.{ending}" for name in ("pypi", "pythonhosted", "npmjs", "yarnpkg") for ending in ("org", "com")]
REGISTRY_HOST = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(host) for host in HOSTS) + r")(?!\w)", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.)}/-])/(?:work|home|Users|root)/[\w.]")
VENDOR = re.compile("|".join(VENDORS), re.IGNORECASE)
CODE_STRING_OR_COMMENT = re.compile(
    r"//[^\n]*|/\*.*?\*/|<!--.*?-->|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|>[^<>{}]*<", re.DOTALL
)
IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def check() -> list[Finding]:
    return [finding for source in read_sources() for finding in findings_in(source)]


def findings_in(source: Source) -> Iterator[Finding]:
    for number, problem in (*_glossary_problems(source), *_line_problems(source)):
        if not source.is_excused(number, "words"):
            yield Finding(source.path, number, problem)
    folders_and_code = source.path.split("/") if source.path.endswith((".py", ".ts", ".svelte")) else []
    for part in folders_and_code:
        if part.split(".")[0].lower() in NAMES_THAT_SAY_NOTHING:
            yield Finding(source.path, 1, f"is named {part}, which says nothing; name it for what it does.")


def _line_problems(source: Source) -> Iterator[tuple[int, str]]:
    is_code = source.path.startswith(("src/", "web/")) and not source.path.startswith(VENDOR_FOLDERS)
    is_lock = source.path.endswith("package-lock.json")
    for number, line in enumerate(source.lines, start=1):
        if REGISTRY_HOST.search(line):
            yield number, "names a package registry; the repository works with any mirror (docs/adr/0001)."
        if MACHINE_PATH.search(line):
            yield number, "names a folder of somebody's machine."
        if is_code and not is_lock and (vendor := VENDOR.search(line)):
            yield number, f"names {vendor[0]} outside of the vendors' folders."


def _glossary_problems(source: Source) -> Iterator[tuple[int, str]]:
    for number, identifier in _identifiers(source):
        words = [word.lower() for word in WORD.findall(identifier)]
        joined = f"_{'_'.join(words)}_"
        for second, right in GLOSSARY.items():
            if f"_{second}_" in joined or f"_{second}s_" in joined:
                yield number, f"{identifier}: the glossary's word for {second} is {right}."


def _identifiers(source: Source) -> Iterator[tuple[int, str]]:
    if source.path.endswith(".py"):
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                yield token.start[0], token.string
    elif source.path.endswith((".ts", ".svelte", ".sql")):
        code = CODE_STRING_OR_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), source.text)
        for number, line in enumerate(code.splitlines(), start=1):
            for found in IDENTIFIER.finditer(line):
                yield number, found[0]
