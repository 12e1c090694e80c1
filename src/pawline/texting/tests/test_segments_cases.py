"""The composer counts segments as the server does: both sides are held to one file of cases.

``python -m pawline.texting.tests.test_segments_cases`` writes it anew after a change of the rules.
"""

import json
from pathlib import Path

from pawline.texting.segments import GSM_BASIC, GSM_EXTENSION, PLAIN, count_segments, plain

CASES = Path(__file__).parents[4] / "web" / "src" / "texting" / "segments.cases.json"
PAW = "\U0001f43e"
TEXTS = [
    "",
    "Pixel is ready.",
    "Pixel\u2019s results \u2014 all fine \u2026 she\u2019s " + PAW,
    "Zo\u00eb and Fran\u00e7ois",
    "Zo\u0435",
    "one\ttwo\u2028three\u200b\ufeff",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "".join(sorted(GSM_BASIC)),
    "".join(sorted(GSM_EXTENSION)),
    "".join(map(chr, sorted(PLAIN))),
    *(
        character * length
        for character in ("a", "\u20ac", "\u0436", PAW)
        for length in (35, 36, 66, 67, 70, 71, 80, 81, 134, 135)
    ),
    *("a" * length for length in (153, 159, 160, 161, 306, 307, 459, 460, 1600)),
    *("a" * length + tail for length in (66, 133, 152, 305) for tail in ("\u20ac", PAW, "\u20ac" + "a" * 152, PAW + "b" * 66)),
]


def expected() -> str:
    return json.dumps([_case(text) for text in TEXTS], indent=2) + "\n"


def test_the_shared_cases_say_what_the_server_counts() -> None:
    assert expected() == CASES.read_text()


def _case(text: str) -> dict[str, object]:
    counted = count_segments(text)
    forcing = [{"character": character, "plain": instead} for character, instead in counted.forcing]
    counts = {"encoding": counted.encoding, "units": counted.units, "count": counted.count, "forcing": forcing}
    return {"text": text, "plain": plain(text), "segments": counts}


if __name__ == "__main__":
    CASES.write_text(expected())
