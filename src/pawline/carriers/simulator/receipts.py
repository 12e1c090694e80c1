"""Receipts: the carrier's word on a text to the address the product gave for it, as well as the weather lets it."""

import asyncio

from pawline.carriers.simulator.desk import Desk
from pawline.carriers.simulator.hooks import Hook
from pawline.carriers.simulator.ledger import Entry, now


class Receipts:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def report(self, entry: Entry, status: str) -> None:
        """Returns when the product took it or will not hear of it."""
        if not entry.receipt_url:
            return
        sky = self._desk.sky
        if sky.happens(sky.weather.missing_receipts):
            self._desk.events.log(f"receipt {status} goes missing")
            return
        times = sky.weather.duplicate_times if sky.happens(sky.weather.duplicate_receipts) else 1
        if sky.happens(sky.weather.late_receipts):
            await asyncio.sleep(sky.weather.late_receipts_seconds)
        self._desk.events.log(f"receipt {status}{f' {times} times' if times > 1 else ''}")
        for _ in range(times):
            await self._desk.hooks.post(Hook(entry.receipt_url, self._fields(entry, status)))
            entry.receipts.append(status)
        self._desk.ledger.write(entry)

    def _fields(self, entry: Entry, status: str) -> dict[str, str]:
        fields = {
            "AccountSid": self._desk.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "From": entry.from_number,
            "To": entry.to_number,
            "MessageSid": entry.sid,
            "SmsSid": entry.sid,
            "MessageStatus": status,
            "SmsStatus": status,
        }
        if status == "delivered":
            fields["RawDlrDoneDate"] = now().strftime("%y%m%d%H%M")
        if status == "undelivered" and entry.error_code is not None:
            fields["ErrorCode"] = str(entry.error_code)
        return fields
