"""Sealed content opens under its own key, in its own place, and whole."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawline.platform.sealing import Seal, SealBroken, count_parts, cut, new_key

WORDS = b"Pixel is limping"


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    """C14: and no two seals of the same words look alike."""
    seal = Seal(new_key(), "message:1")
    sealed = [seal.close(WORDS) for _ in range(2)]

    assert [WORDS, WORDS] == [seal.open(each) for each in sealed]
    assert sealed[0] != sealed[1]
    assert not any(b"Pixel" in each for each in sealed)


@pytest.mark.parametrize("sealed", [b"", b"x" * 12, b"x" * 40])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        Seal(new_key(), "message:1").open(sealed)


def test_another_key_or_place_does_not_open_it() -> None:
    """C14: the key is what erasing destroys."""
    seal = Seal(new_key(), "file:1")
    others = [Seal(new_key(), "file:1"), Seal(seal.key, "file:2"), seal.of_part(0, of=1)]
    for other in others:
        with pytest.raises(SealBroken):
            other.open(seal.close(WORDS))
    with pytest.raises(SealBroken):
        seal.of_part(0, of=1).open(seal.of_part(0, of=2).close(WORDS))


@given(st.integers(min_value=0))
def test_a_flipped_bit_does_not_open(place: int) -> None:
    seal = Seal(new_key(), "message:1")
    sealed = bytearray(seal.close(WORDS))
    sealed[place // 8 % len(sealed)] ^= 1 << place % 8

    with pytest.raises(SealBroken):
        seal.open(bytes(sealed))


async def _chunks(chunks: list[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


@given(st.lists(st.binary(max_size=40), max_size=8), st.integers(min_value=1, max_value=16))
async def test_cutting_changes_no_byte(chunks: list[bytes], size: int) -> None:
    pieces = [piece async for piece in cut(_chunks(chunks), size)]

    assert b"".join(chunks) == b"".join(pieces)
    assert all(len(piece) == size for piece in pieces[:-1])
    assert len(pieces[-1]) <= size


@pytest.mark.parametrize(("size_bytes", "parts"), [(0, 1), (1, 1), (65_536, 1), (65_537, 2), (131_072, 2)])
def test_a_file_has_as_many_parts_as_its_size_asks_for(size_bytes: int, parts: int) -> None:
    assert parts == count_parts(size_bytes)
