"""A real mail server that says to each address what a test wants it to say."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

NO_SUCH_USER = "550 5.1.1 There is nobody of that name here"
ON_A_LIST = "554 5.7.1 Your server is on a list of spammers"
LATER = "451 4.3.0 Come again later"


@dataclass
class RefusingServer:
    """``answers``: by address; all others are taken.

    ``asked``: for each mail that reached it. ``taken``: the ids of those taken, and ``returns`` where bounces go, by address.
    """

    answers: dict[str, str]
    smtp_url: str = ""
    asked: list[str] = field(default_factory=list[str])
    taken: list[str] = field(default_factory=list[str])
    returns: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so  # size: and with these
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        self.asked.append(address)
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del server, session
        content = envelope.content
        lines = content.decode(errors="replace").splitlines() if isinstance(content, bytes) else []
        for address in envelope.rcpt_tos:
            self.returns.setdefault(address, []).append(envelope.mail_from or "")
        self.taken += [line for line in lines if line.lower().startswith("message-id:")]
        return "250 OK"


@asynccontextmanager
async def refusing_server(**answers: str) -> AsyncGenerator[RefusingServer]:
    """``answers`` may be filled later as well."""
    handler = RefusingServer(dict(answers))
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler), "127.0.0.1", 0)
    handler.smtp_url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield handler
    server.close()
    await server.wait_closed()
