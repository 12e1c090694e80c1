"""A process like ``pawline serve`` with a small application in place of the real one. Run with a port and a data folder."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import typer
import uvloop

from pawline.platform.data_folder import DataFolderInUse
from pawline.platform.settings import Settings
from pawline.serving import CannotServe, Parts, serve

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def main(port: str, folder: str) -> None:
    settings = Settings.from_env({**os.environ, "PAWLINE_DEMO": "1", "PAWLINE_DATA": folder, "PAWLINE_PORT": port})
    parts = Parts(prepare=_nothing, build_app=_build_app, run_worker=_work, announce=lambda _: typer.echo("ready"))
    try:
        uvloop.run(serve(settings, parts))
    except (CannotServe, DataFolderInUse) as error:
        sys.exit(str(error))
    typer.echo("ended in order")


def _build_app(settings: Settings, url: str) -> Any:
    return _app


@asynccontextmanager
async def _nothing(settings: Settings, url: str) -> AsyncGenerator[Settings]:
    typer.echo(url)
    yield settings


async def _work(url: str, settings: Settings) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        typer.echo("worker ended")


async def _app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    match scope["type"]:
        case "lifespan":
            await _live(receive, send)
        case "websocket":
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
        case _:
            # Under way when the signal comes, and finished all the same.
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"begun ", "more_body": True})
            await asyncio.sleep(1)
            await send({"type": "http.response.body", "body": b"and finished"})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        event = (await receive())["type"]
        await send({"type": f"{event}.complete"})
        if event == "lifespan.shutdown":
            typer.echo("web ended")
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
