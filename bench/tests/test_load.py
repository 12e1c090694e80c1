from bench.load.http import whole_answer
from bench.load.live import split_frames
from bench.load.work import Request


def test_an_answer_is_whole_when_all_of_its_body_is_there() -> None:
    answer = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello"

    assert 201 == whole_answer(answer)
    assert whole_answer(answer[:-1]) is None
    assert whole_answer(b"HTTP/1.1 201 Cre") is None
    assert 204 == whole_answer(b"HTTP/1.1 204 No Content\r\n\r\n")


def test_frames_are_split_wherever_the_network_cuts_them() -> None:
    short, long = b"\x81\x02ok", b"\x81\x7e\x01\x00" + b"x" * 256
    data = short + b"\x89\x00" + long

    assert ([(1, b"ok"), (9, b""), (1, b"x" * 256)], b"") == split_frames(data)
    assert ([(1, b"ok"), (9, b"")], long[:-1]) == split_frames(data[:-1])
    assert ([], b"\x81") == split_frames(b"\x81")


def test_a_frame_of_more_than_64_kib_has_a_longer_head() -> None:
    payload = b"x" * 70_000

    assert ([(1, payload)], b"") == split_frames(b"\x81\x7f" + len(payload).to_bytes(8, "big") + payload)


def test_each_sending_of_a_post_has_an_id_and_a_marker_of_its_own() -> None:
    request = Request('{"client_id":"<client_id>","body":"#<marker>"}')

    first, second = request.build(1), request.build(2)

    assert b'"body":"#000000000001"' in first
    assert b'"body":"#000000000002"' in second
    assert first[14:50] != second[14:50]
    assert len(first) == len(second)
