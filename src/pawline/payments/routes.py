"""HTTP of payments: parse, name the permission, call one verb, shape the answer."""

from uuid import UUID

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from pawline.payments.checking_out import open_checkout
from pawline.payments.hook import payment_hook_router
from pawline.payments.service import cancel_request
from pawline.payments.settling import look_again
from pawline.platform.actor import Actor
from pawline.platform.permissions import Permission
from pawline.sign_in.gate import requires
from pawline.threads.desk import Desk
from pawline.threads.service import read_message
from pawline.threads.views import MessageView


class CheckoutView(msgspec.Struct, frozen=True):
    """``url``: the provider's page on which it is paid."""

    url: str


@post("/checkout", guards=[requires(Permission.PAY)], status_code=200, summary="Go and pay what the clinic asks for")
async def check_out(
    thread_id: FromPath[UUID], message_id: FromPath[UUID], actor: NamedDependency[Actor], desk: NamedDependency[Desk]
) -> CheckoutView:
    return CheckoutView(await open_checkout(desk, actor, thread_id, message_id=message_id))


@post("/check", guards=[requires(Permission.PAY)], status_code=200, summary="Find out whether it is paid by now")
async def check_again(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> MessageView:
    await look_again(desk, actor, thread_id, message_id=message_id)
    return await read_message(desk, actor, thread_id, message_id=message_id)


@post(
    "/cancel",
    guards=[requires(Permission.ASK_FOR_PAYMENT)],
    status_code=200,
    summary="Cancel what the family was asked to pay",
)
async def cancel(
    thread_id: FromPath[UUID],
    message_id: FromPath[UUID],
    actor: NamedDependency[Actor],
    desk: NamedDependency[Desk],
) -> MessageView:
    await cancel_request(desk, actor, thread_id, message_id=message_id)
    return await read_message(desk, actor, thread_id, message_id=message_id)


_payments_router = Router(
    path="/api/v1/threads/{thread_id:uuid}/messages/{message_id:uuid}/payment",
    route_handlers=[check_out, check_again, cancel],
    tags=["payments"],
)
payment_routers = [_payments_router, payment_hook_router]
