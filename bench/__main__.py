"""``python -m bench``: start everything, measure line by line, write docs/performance.md, stop everything."""

import argparse
import asyncio
import os
import platform
import resource
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil

from bench.figures import Measurement
from bench.lines.first_screen import measure_f12
from bench.lines.posting import measure_f1, measure_f2, measure_f8
from bench.lines.reading import measure_f3, measure_f4, measure_f9
from bench.lines.sockets import measure_f5, measure_f6
from bench.lines.starting import measure_f7
from bench.processes import BenchFailed
from bench.report import Circumstances, build_line, build_page
from bench.stage import Stage

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
SECONDS, QUICK_SECONDS = 5.0, 2.0
LINES: dict[str, Callable[[Stage], Awaitable[list[Measurement]]]] = {
    "F1": measure_f1,
    "F2": measure_f2,
    "F5": measure_f5,
    "F6": measure_f6,
    "F7": measure_f7,
    "F12": measure_f12,
    "F3": measure_f3,
    "F4": measure_f4,
    "F9": measure_f9,
    "F8": measure_f8,
}
"""Those that need the archive come last."""


def main() -> int:
    options = _read_options()
    _raise_file_limit()
    try:
        measurements = asyncio.run(_measure(options))
    except BenchFailed as error:
        _say(str(error))
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        _say("Stopped; nothing is left running.")
        return 130
    circumstances = Circumstances(options.runs, SECONDS, _machine())
    if not options.quick and not options.only:
        PAGE.write_text(build_page(measurements, circumstances))
        _say(f"Written: {PAGE}")
    return 0 if all(measurement.is_reached is not False for measurement in measurements) else 1


async def _measure(options: argparse.Namespace) -> list[Measurement]:
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    measurements: list[Measurement] = []
    with tempfile.TemporaryDirectory(prefix="pawline-bench-", ignore_cleanup_errors=True) as folder:
        seconds = QUICK_SECONDS if options.quick else SECONDS
        async with Stage(Path(folder), runs=options.runs, seconds=seconds, is_quick=options.quick) as stage:
            for name in options.only or LINES:
                for measurement in await LINES[name](stage):
                    _say(build_line(measurement))
                    measurements.append(measurement)
    return sorted(measurements, key=lambda measurement: int(measurement.line.removeprefix("F")))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure Pawline against the lines of docs/performance.md.")
    parser.add_argument("--only", nargs="+", choices=sorted(LINES), metavar="F1", help="measure these lines; writes no page")
    parser.add_argument("--runs", type=int, default=3, help="how often each line is measured")
    parser.add_argument("--quick", action="store_true", help="one short run with less data, to see that it works; writes no page")
    options = parser.parse_args()
    if options.quick:
        options.runs = 1
    return options


def _raise_file_limit() -> None:
    """Thousands of sockets; the processes started here inherit it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
