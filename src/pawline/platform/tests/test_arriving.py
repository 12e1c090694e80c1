"""Files on their way in: nothing of them outlives the process they came to for long."""

import subprocess
import sys
from pathlib import Path

import pytest

from pawline.platform.arriving import arriving, clear_arriving

RECEIVES = """
import sys, time
from pathlib import Path
from pawline.platform.arriving import arriving
with arriving(Path(sys.argv[1])) as folder:
    (folder / "original.jpg").write_bytes(b"taken at home")
    print(folder, flush=True)
    time.sleep(600)
"""


def receiving(data: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen([sys.executable, "-c", RECEIVES, str(data)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_process_left_goes_at_the_next_start_and_nothing_else_does(tmp_path: Path) -> None:
    killed, left = receiving(tmp_path)
    other, used = receiving(tmp_path)
    killed.kill()
    killed.communicate()
    with arriving(tmp_path) as own:
        before = (left / "original.jpg").exists()
        clear_arriving(tmp_path)
        after = [folder.exists() for folder in (left, used, own)]
    other.kill()
    other.communicate()

    assert before
    assert [False, True, True] == after
    clear_arriving(tmp_path)
    assert [] == list((tmp_path / "arriving").iterdir())


def test_nothing_stays_of_what_failed(tmp_path: Path) -> None:
    def receive() -> None:
        with arriving(tmp_path) as folder:
            (folder / "half").write_bytes(b"half of it")
            raise ValueError("too large")

    with pytest.raises(ValueError, match="too large"):
        receive()

    assert [] == list((tmp_path / "arriving").iterdir())
