"""The provider's word on payments: the signature first, then the database, then the answer."""

from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency

from pawline.payments.interface import SignatureWrong
from pawline.payments.provider import provider_of
from pawline.payments.settling import hear
from pawline.platform.errors import Forbidden
from pawline.threads.desk import Desk

LARGEST_BYTES = 256 * 1024


@post("/", status_code=200)
async def payment_hook(request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[None]:
    async with provider_of(desk.settings) as provider:
        try:
            news = provider.read_news(await request.body(), request.headers)
        except SignatureWrong as error:
            raise Forbidden("The signature of this request is not your payment provider's, or too old.") from error
    if news is not None:
        await hear(desk, news)
    return Response(None)


payment_hook_router = Router(
    path="/hooks/payments",
    route_handlers=[payment_hook],
    include_in_schema=False,
    request_max_body_size=LARGEST_BYTES,
)
