"""Questions to a carrier other than texts: their answer, or a sentence for the administrator."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
import msgspec

from pawline.carriers.interface import CarrierFailed

Answer = TypeVar("Answer")


async def read_answer(
    asked: Awaitable[httpx.Response], kind: type[Answer], *, words_of_refusal: Callable[[httpx.Response], str]
) -> Answer:
    """``words_of_refusal``: the carrier's own, empty when it says nothing that can be read. Raises CarrierFailed."""
    try:
        response = await asked
    except httpx.HTTPError as error:
        raise CarrierFailed("The carrier did not answer. Look at your account there before you try again.") from error
    if not response.is_success:
        raise CarrierFailed(f"The carrier refused: {words_of_refusal(response) or f'status {response.status_code}'}")
    try:
        return msgspec.json.decode(response.content, type=kind)
    except msgspec.DecodeError as error:
        raise CarrierFailed("The carrier's answer makes no sense. Look at your account there.") from error
