from uuid import uuid4

from pawline.platform.actor import Actor
from pawline.platform.realtime import CLOSE_SIGNED_OUT, CLOSE_TOO_SLOW, MOST_BYTES, MOST_FRAMES, SIGNED_OUT, LiveSocket
from pawline.platform.text_frame import TextFrame


class Line:
    """To Nora's browser; while it is blocked it takes nothing."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.is_blocked = False
        nora = Actor(practice_id=uuid4(), person_id=uuid4(), session_id=uuid4(), kind="staff", name="Nora Ames")
        self.socket = LiveSocket(nora, self.write_now)

    def write_now(self, frame: bytes) -> bool:
        if not self.is_blocked:
            self.written.append(frame)
        return not self.is_blocked


ONE, TWO, THREE = (TextFrame(text) for text in ("one", "two", "three"))


def test_a_frame_goes_out_at_once_while_the_line_takes_it() -> None:
    line = Line()
    line.socket.push(ONE)

    assert [ONE.wire] == line.written
    assert not line.socket.frames
    assert not line.socket.wake.is_set()


def test_nothing_overtakes_what_waits_or_is_just_being_sent() -> None:
    line = Line()
    line.is_blocked = True
    line.socket.push(ONE)
    line.is_blocked = False
    line.socket.push(TWO)

    assert [ONE, TWO] == line.socket.frames
    line.socket.first_is_sent()
    line.socket.push(THREE)
    assert [TWO, THREE] == line.socket.frames
    line.socket.first_is_sent()
    line.socket.first_is_sent()
    line.socket.push(ONE)
    assert [ONE.wire] == line.written
    assert 0 == line.socket.pending_bytes


def test_a_reader_too_slow_for_many_or_for_long_frames_is_closed() -> None:
    for frame, most in ((ONE, MOST_FRAMES), (TextFrame("犬" * 100_000), MOST_BYTES // 300_000)):
        line = Line()
        line.is_blocked = True
        for _ in range(most):
            line.socket.push(frame)
        assert line.socket.close_code is None
        line.socket.push(frame)

        assert CLOSE_TOO_SLOW == line.socket.close_code
        assert [frame] * most == line.socket.frames


def test_nothing_is_written_after_what_told_of_the_end() -> None:
    line = Line()
    line.socket.push(SIGNED_OUT)
    line.socket.close(CLOSE_SIGNED_OUT)
    line.socket.push(ONE)
    line.socket.close(CLOSE_TOO_SLOW)

    assert [SIGNED_OUT.wire] == line.written
    assert not line.socket.frames
    assert CLOSE_SIGNED_OUT == line.socket.close_code
