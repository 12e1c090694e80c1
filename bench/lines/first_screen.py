"""F12: what the owner's first screen weighs. The time to it is measured by `make lighthouse`."""

from bench.figures import Measurement, Target
from bench.first_load import script_bytes
from bench.stage import Stage
from pawline.platform.pages import WEB_FOLDER


async def measure_f12(_: Stage) -> list[Measurement]:
    sizes = script_bytes(WEB_FOLDER, "owner.html")
    return [
        Measurement(
            line="F12",
            work="script of the owner's first screen, compressed",
            unit="kB",
            values=[sum(sizes.values()) / 1000],
            target=Target("≤", 120),
        )
    ]
