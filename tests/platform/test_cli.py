"""The command line and the process it starts, from outside."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import websockets

from tests.platform import tiny_product

SMTP = "smtp://127.0.0.1:1"  # nobody listens there


@dataclass(slots=True)
class Product:
    process: subprocess.Popen[str]
    port: int
    data: Path

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def stop(self, order: signal.Signals = signal.SIGTERM) -> str:
        """The rest of what it prints."""
        self.process.send_signal(order)
        return self.process.communicate(timeout=40)[0]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def command(port: int, data: Path) -> list[str]:
    return [sys.executable, tiny_product.__file__, str(port), str(data)]


def start(port: int, data: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command(port, data), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)


@pytest.fixture
def product(tmp_path: Path) -> Generator[Product]:
    port = free_port()
    process = start(port, tmp_path / "data")
    assert process.stdout is not None
    while (line := process.stdout.readline()) != "ready\n":
        assert line, "it ended before it was ready"
    yield Product(process, port, tmp_path / "data")
    process.terminate()
    process.communicate(timeout=40)


async def test_stop_finishes_requests_tells_sockets_to_reconnect_and_ends_in_order(product: Product) -> None:
    """F-52: web and worker drain, then the database ends; exit code 0."""
    async with httpx.AsyncClient() as client, websockets.connect(f"ws://{product.address}/") as live:
        request = asyncio.create_task(client.get(f"http://{product.address}/"))
        await asyncio.sleep(0.4)
        started = time.monotonic()
        printed = await asyncio.to_thread(product.stop)
        answer = await request
        with suppress(websockets.ConnectionClosed):
            await live.recv()

    assert "begun and finished" == answer.text
    assert 1012 == live.close_code
    assert ["worker ended", "web ended", "ended in order"] == [line for line in printed.splitlines() if "ended" in line]
    assert 0 == product.process.returncode
    assert 30 > time.monotonic() - started
    assert not (product.data / "postgres" / "postmaster.pid").exists()


async def test_second_stop_waits_for_nobody(product: Product) -> None:
    async with httpx.AsyncClient() as client:
        request = asyncio.create_task(client.get(f"http://{product.address}/"))
        await asyncio.sleep(0.4)
        product.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(product.stop)
        with suppress(httpx.HTTPError):
            await request

    assert 0 == product.process.returncode


def test_stop_during_the_start_ends_in_order(tmp_path: Path) -> None:
    process = start(free_port(), tmp_path / "data")
    while not (tmp_path / "data" / "pawline.lock").exists():
        time.sleep(0.02)
    process.terminate()
    printed, _ = process.communicate(timeout=40)

    assert 0 == process.returncode, printed
    assert "ended in order" in printed


def test_second_start_on_the_folder_is_refused(product: Product) -> None:
    second = subprocess.run(command(free_port(), product.data), capture_output=True, text=True, timeout=40, check=False)

    assert f"Another Pawline (process {product.process.pid}) already uses the data folder {product.data}" in second.stderr
    assert 1 == len(second.stderr.splitlines())


def test_second_start_on_folder_and_port_says_what_is_running(product: Product) -> None:
    """The same command twice: the port is taken by the very Pawline that uses the folder."""
    second = subprocess.run(command(product.port, product.data), capture_output=True, text=True, timeout=40, check=False)

    assert f"Another Pawline (process {product.process.pid}) already uses the data folder {product.data}" in second.stderr
    assert "Port" not in second.stderr


def test_taken_port_is_refused_before_anything_is_started(product: Product, tmp_path: Path) -> None:
    second = subprocess.run(command(product.port, tmp_path / "other"), capture_output=True, text=True, timeout=40, check=False)

    assert f"Port {product.port} on 127.0.0.1 cannot be used" in second.stderr
    assert not (tmp_path / "other" / "postgres").exists()


def test_start_after_kill_9_needs_no_help(product: Product) -> None:
    product.process.kill()
    product.process.wait()
    again = start(product.port, product.data)
    assert again.stdout is not None
    printed = [again.stdout.readline() for _ in range(2)]
    again.terminate()
    again.communicate(timeout=40)

    assert "ready\n" == printed[1]
    assert 0 == again.returncode


def pawline(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.defpath,
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "pawline", *arguments], capture_output=True, text=True, timeout=90, check=False, env=environment
    )


def test_wrong_settings_are_named_all_at_once_without_a_traceback(tmp_path: Path) -> None:
    shown = pawline("serve", PAWLINE_DATA=str(tmp_path), PAWLINE_PORT="many", PAWLINE_SMTP_URL="http://mail")

    assert 2 == shown.returncode
    assert "PAWLINE_PORT" in shown.stderr
    assert "PAWLINE_SMTP_URL" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("part", ["web", "worker"])
def test_parts_alone_demand_a_shared_database(part: str, tmp_path: Path) -> None:
    shown = pawline(part, PAWLINE_DATA=str(tmp_path), PAWLINE_SMTP_URL=SMTP)

    assert 2 == shown.returncode
    assert "DATABASE_URL is missing" in shown.stderr


def test_web_says_that_its_database_cannot_be_reached(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    settings = {
        "PAWLINE_DATA": str(tmp_path),
        "PAWLINE_SMTP_URL": SMTP,
        "PAWLINE_SECRET": "s" * 32,
        "PAWLINE_PORT": str(free_port()),
    }
    shown = pawline("web", DATABASE_URL=url, **settings)

    assert 1 == shown.returncode
    assert "The database cannot be used" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_doctor_names_each_problem_and_what_to_do(tmp_path: Path) -> None:
    settings = {"PAWLINE_DATA": str(tmp_path), "PAWLINE_SMTP_URL": SMTP}
    assert 0 == pawline("migrate", **settings).returncode
    aside = tmp_path / "files" / "lost" / "2026-11-17" / "attachments" / str(uuid4()) / "file"
    aside.parent.mkdir(parents=True)
    aside.write_bytes(b"a paw")
    shown = pawline("doctor", **settings, PAWLINE_VALKEY_URL=f"redis://nora:hidden-word@127.0.0.1:{free_port()}")
    lines = shown.stdout.splitlines()

    assert 1 == shown.returncode
    assert ["E-mail", "Other"] == [line.split()[1].rstrip(":") for line in lines if line.startswith("PROBLEM")]
    assert "Check PAWLINE_SMTP_URL" in shown.stdout
    assert "Check PAWLINE_VALKEY_URL" in shown.stdout
    assert "hidden-word" not in shown.stdout + shown.stderr
    assert "OK       Bounces: not taken; with PAWLINE_MAIL_BOUNCES" in shown.stdout
    assert "OK       Jobs: none was given up" in shown.stdout
    assert "OK       Kept files: all 0 are in the store; 1 that belong to nothing are set aside below lost/" in shown.stdout
    assert 12 == len([line for line in lines if line.startswith("OK")])


def test_doctor_names_what_a_carrier_still_needs(tmp_path: Path) -> None:
    settings = {"PAWLINE_CARRIER_TELNYX_API_KEY": "KEY", "PAWLINE_CARRIER_NOBODY_TOKEN": "token"}
    shown = pawline("doctor", PAWLINE_DATA=str(tmp_path), PAWLINE_SMTP_URL=SMTP, **settings)

    assert "PROBLEM  Texting: " in shown.stdout
    assert "PAWLINE_CARRIER_TELNYX_PUBLIC_KEYS is missing." in shown.stdout
    assert "PAWLINE_CARRIER_NOBODY_... names no carrier" in shown.stdout


def test_doctor_tells_a_database_that_does_not_answer(tmp_path: Path) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    shown = pawline("doctor", PAWLINE_DATA=str(tmp_path), PAWLINE_SMTP_URL=SMTP, DATABASE_URL=url, PAWLINE_SECRET="s" * 32)

    assert 1 == shown.returncode
    assert "PROBLEM  Database: the server on 127.0.0.1 does not let us in" in shown.stdout
    assert "Traceback" not in shown.stderr
