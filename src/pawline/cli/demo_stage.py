"""What runs beside the demo. A module of its own, so that no other command loads the demo."""

import dataclasses
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import typer
import uvloop

from pawline.carriers.simulator.account import product_settings
from pawline.cli.serving import build_app_on, migrated
from pawline.demo.carrier_memory import remember_texts
from pawline.demo.carrier_process import CarrierNotStarted, RunningCarrier, running_carrier
from pawline.demo.diary import diary_kept
from pawline.demo.fill import fill_demo
from pawline.demo.mailbox import Mailbox
from pawline.demo.moved_clock import MovedClock
from pawline.payments.simulator.routes import simulated_provider
from pawline.platform.settings import Settings
from pawline.serving import CannotServe, Parts, serve
from pawline.worker import run_worker

# The simulated carrier tells of a text within seconds; whoever plays with its weather does not want to wait as for a real one.
_HURRY = 4


def run_demo(settings: Settings) -> None:
    """Raises CannotServe, and as ``serve`` does."""
    stage = _Stage()
    parts = Parts(
        prepare=stage.set_up, build_app=build_app_on, run_worker=run_worker, announce=_announce, begin_end=stage.end_streams
    )
    try:
        uvloop.run(serve(settings, parts))
    except CarrierNotStarted as error:
        raise CannotServe(str(error)) from error


class _Stage:
    """Its mailbox, its simulated carrier, and its clock."""

    def __init__(self) -> None:
        self._carrier: RunningCarrier | None = None

    @asynccontextmanager
    async def set_up(self, settings: Settings, url: str) -> AsyncGenerator[Settings]:
        async with Mailbox(settings.data / "mailbox") as mailbox, MovedClock(settings.data).followed():
            async with migrated(settings, url):
                with_mailbox = dataclasses.replace(settings, smtp_url=mailbox.smtp_url)
                await fill_demo(with_mailbox, url)
                numbers = await remember_texts(settings, url)
            async with diary_kept(url), running_carrier(settings, numbers) as self._carrier:
                carriers = product_settings(self._carrier.settings)
                payments = settings.payments or simulated_provider(settings.port)
                yield dataclasses.replace(with_mailbox, carriers=carriers, payments=payments, hurry=_HURRY)

    def end_streams(self) -> None:
        if self._carrier is not None:
            self._carrier.end_streams()


def _announce(settings: Settings) -> None:
    typer.echo(f"""
  The Pawline demo is ready.

    Start here   {settings.public_url}/
    Staff        {settings.public_url}/staff
    Pet owners   {settings.public_url}/owner
    Phones       {settings.public_url}/phones   text the practice and be texted

  Its data is in {settings.data}. Stop it with Ctrl-C.
""")
