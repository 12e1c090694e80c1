"""The bare path: what a durable post and its fan-out cost with no framework, no authorisation and no product.

One INSERT and UPDATE with a commit of their own per post, under the same uvicorn settings as Pawline.
Run as ``python -m bench.bare <port> <database url>``.
"""

import asyncio
import json
import sys
from collections import defaultdict
from typing import Any

import psycopg
import uvicorn

from pawline.serving import uvicorn_config

CONNECTIONS = 16
TABLES = """
CREATE TABLE IF NOT EXISTS room (id int PRIMARY KEY, last_seq bigint NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS entry (
    room_id int, seq bigint, body text NOT NULL, created_at timestamptz NOT NULL, PRIMARY KEY (room_id, seq));
INSERT INTO room (id) SELECT generate_series(0, 999) ON CONFLICT DO NOTHING;
"""
POST = """
WITH bumped AS (UPDATE room SET last_seq = last_seq + 1 WHERE id = %s RETURNING id, last_seq)
INSERT INTO entry (room_id, seq, body, created_at) SELECT id, last_seq, %s, now() FROM bumped RETURNING seq
"""
pool: "asyncio.LifoQueue[psycopg.AsyncConnection[Any]]" = asyncio.LifoQueue()
rooms: dict[int, set[Any]] = defaultdict(set)


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await run_lifespan(receive, send)
        return
    room = int(scope["path"].rpartition("/")[2])
    await (post if scope["type"] == "http" else listen)(room, receive, send)


async def run_lifespan(receive: Any, send: Any) -> None:
    await receive()
    for _ in range(CONNECTIONS):
        pool.put_nowait(await psycopg.AsyncConnection.connect(sys.argv[2], autocommit=True))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def post(room: int, receive: Any, send: Any) -> None:
    body = (await receive())["body"].decode()
    connection = await pool.get()
    try:
        row = await (await connection.execute(POST, (room, body))).fetchone()
    finally:
        pool.put_nowait(connection)
    frame = json.dumps({"room": room, "seq": row[0] if row else 0, "body": body})
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"%d" % len(frame))]})
    await send({"type": "http.response.body", "body": frame.encode()})
    for send_to_listener in list(rooms[room]):
        await send_to_listener({"type": "websocket.send", "text": frame})


async def listen(room: int, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    rooms[room].add(send)
    while (await receive())["type"] != "websocket.disconnect":
        pass
    rooms[room].discard(send)


def serve(application: Any, port: int) -> None:
    config = uvicorn_config(application)
    config.port = port
    uvicorn.Server(config).run()


if __name__ == "__main__":
    with psycopg.connect(sys.argv[2]) as first:
        first.execute(TABLES)
    serve(app, int(sys.argv[1]))
