"""Prepared statements by the driver's lowest layer: its cursors take several times as long as a short statement itself."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import psycopg
from psycopg import generators
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.waiting import Ready, Wait

from pawline.platform.socket_watch import SocketWatch

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class PreparedStatements:
    """Runs statements on a connection in autocommit, one at a time; each is prepared when it first comes."""

    def __init__(self, connection: psycopg.AsyncConnection[Any], *, longest_seconds: float) -> None:
        self._connection = connection
        self._line = connection.pgconn
        self._socket = SocketWatch(self._line.socket, longest_seconds=longest_seconds)
        self._statements: dict[str, _Statement] = {}

    async def fetch(self, text: str, parameters: Mapping[str, Any]) -> list[Any]:
        """Rows with a field for each column. Raises psycopg.Error, and TimeoutError when the server is silent for too long."""
        statement = self._statements.get(text) or await self._prepare(text)
        self._line.send_query_prepared(statement.name, statement.values_of(parameters), result_format=Format.BINARY)
        return statement.rows_of(await self._result())

    async def discard_plans(self) -> None:
        self._line.send_query(b"DISCARD PLANS")
        await self._result()

    def close(self) -> None:
        """To be called before the connection is closed."""
        self._socket.close()

    async def _prepare(self, text: str) -> "_Statement":
        statement = _Statement(self._connection, b"pawline_%d" % len(self._statements), text)
        self._line.send_prepare(statement.name, statement.numbered.encode())
        await self._result()
        self._statements[text] = statement
        return statement

    async def _result(self) -> PGresult:
        steps = generators.execute(self._line)
        try:
            wanted = next(steps)
            while True:
                await self._socket.ready(for_writing=bool(wanted & Wait.W))
                wanted = steps.send(Ready.RW)
        except StopIteration as end:
            result: PGresult = end.value[-1]
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
        return result


class _Statement:
    """How its parameters go out and its rows come in. The server finds out the types of the parameters."""

    def __init__(self, connection: psycopg.AsyncConnection[Any], name: bytes, text: str) -> None:
        self.name = name
        self._parameters = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
        self.numbered = _PLACEHOLDER.sub(lambda found: f"${self._parameters.index(found[1]) + 1}", text)
        # As text, for in binary form a parameter would have to be of exactly the type that the server found.
        self._formats = [PyFormat.TEXT] * len(self._parameters)
        self._transformer = Transformer(connection)
        self._make_row: Callable[[Sequence[Any]], Any] | None = None

    def values_of(self, parameters: Mapping[str, Any]) -> Sequence[Any]:
        return self._transformer.dump_sequence([parameters[name] for name in self._parameters], self._formats)

    def rows_of(self, result: PGresult) -> list[Any]:
        if self._make_row is None:
            row_type = msgspec.defstruct("Row", [_column(result, number) for number in range(result.nfields)], gc=False)
            self._make_row = lambda values: row_type(*values)
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, self._make_row)


def _column(result: PGresult, number: int) -> str:
    return (result.fname(number) or b"").decode()
