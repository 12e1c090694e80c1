"""The server's own limit of frames: uvicorn writing one ready-made frame of 200 bytes to every socket, and nothing else.

Run as ``python -m bench.frame_limit <port>``.
"""

import sys
from typing import Any

from bench.bare import serve

FRAME = '{"type":"changes","body":"' + "x" * 172 + '"}'
listeners: set[Any] = set()


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await _listen(receive, send)
        return
    await receive()
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    for send_to_listener in list(listeners):
        await send_to_listener({"type": "websocket.send", "text": FRAME})
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def _listen(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    listeners.add(send)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    listeners.discard(send)


if __name__ == "__main__":
    serve(app, int(sys.argv[1]))
