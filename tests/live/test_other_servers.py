"""A server that cannot write ready-made frames sends ordinary messages instead."""

import pytest
import websockets
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from pawline.platform.bounded_socket import BoundedWebSocket
from pawline.platform.realtime import CLOSE_SIGNED_OUT
from tests.world import World


async def test_frames_arrive_and_sign_out_ends_the_socket_there_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedWebSocket, "run_asgi", WebSocketsSansIOProtocol.run_asgi)
    async with world.nora.live() as nora:
        texts = [f"Pixel limps, {n} 🐕" for n in range(20)]
        for text in texts:
            await world.olive.post_text(world.thread_id, text)
        frames = [await nora.next("changes") for _ in texts]
        await world.nora.send("DELETE", "/session")
        await nora.next("signed_out")
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await nora.next("anything")

    assert texts == [frame["messages"][0]["body"] for frame in frames]
    assert closed.value.rcvd is not None
    assert CLOSE_SIGNED_OUT == closed.value.rcvd.code
