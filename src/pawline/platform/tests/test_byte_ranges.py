"""Which part of a file a browser asks for."""

import pytest

from pawline.platform.byte_ranges import ByteRange, NotInFile, read_range


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=90-500", 90, 99),
        ("bytes=99-", 99, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-500", 0, 99),
        ("bytes= 10 - 19", 10, 19),
    ],
)
def test_one_part(header: str, first: int, last: int) -> None:
    assert ByteRange(first, last) == read_range(header, size_bytes=100)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=a-b",
        "lines=0-9",
        "bytes=0-9,20-29",
        "bytes=0-9" + "9" * 400,
        "bytes=٣-",
    ],
)
def test_anything_else_means_the_whole_file(header: str | None) -> None:
    assert read_range(header, size_bytes=100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_beyond_the_end(header: str) -> None:
    with pytest.raises(NotInFile) as refusal:
        read_range(header, size_bytes=100)

    assert (416, 100) == (refusal.value.status, refusal.value.size_bytes)
