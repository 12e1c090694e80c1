"""Requests with a JSON body: refused with a reason when the body is something else."""

import re
from typing import Any

import msgspec
from litestar import Request

from pawline.platform.errors import FieldError, Unreadable, Unsupported

_read = msgspec.json.Decoder[Any]().decode
_NO_PLACE = re.compile(r" - at `.*$", re.DOTALL)


class JsonRequest(Request[Any, Any, Any]):
    async def json(self) -> Any:
        """The decoded body.

        Raises:
            Unsupported: it is not labelled as JSON. A form of another site cannot carry that label.
            Unreadable: it is not JSON after all.
        """
        body = await self.json_body()
        try:
            return _read(body)
        except UnicodeDecodeError as error:
            raise _unreadable("it is not UTF-8 text") from error
        except RecursionError as error:
            raise _unreadable("it is nested too deeply") from error
        except msgspec.DecodeError as error:
            raise _unreadable(_NO_PLACE.sub("", str(error))) from error

    async def json_body(self) -> bytes:
        """The body as it came. Raises Unsupported as ``json`` does."""
        media_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise Unsupported("Send the body as JSON, with the header Content-Type: application/json.")
        return await self.body()


def _unreadable(reason: str) -> Unreadable:
    words = f"cannot be read as JSON: {reason}"
    return Unreadable(f"The body {words}.", errors=[FieldError("body", words)])
