"""The simulated Stripe under the product's own address: its API for the product, and the page on which people pay."""

from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import parse_qsl

import jinja2
from litestar import Request, Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from pawline.payments.simulator.desk import Refused, SimulatedSession, StripeDesk
from pawline.platform.money import format_money
from pawline.platform.security import is_same
from pawline.platform.settings import PaymentSettings, Settings

PATH = "/simulated-stripe"
_PAGE = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
    files("pawline.payments.simulator").joinpath("page.html").read_text("utf-8")
)
_HEADERS = {
    # Whoever has paid is sent back to the product, which may be known under another name of this machine.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def simulated_provider(port: int) -> PaymentSettings:
    """What the product has to be told to use it."""
    return PaymentSettings("sk_test_simulated", "whsec_simulated", f"http://127.0.0.1:{port}{PATH}")


def simulator_routes(settings: Settings) -> list[ControllerRouterHandler]:
    """Nothing where the demo takes payments through another Stripe."""
    simulated = simulated_provider(settings.port)
    if settings.payments != simulated:
        return []
    desk = StripeDesk(simulated, f"{settings.public_url}{PATH}/pay", f"http://127.0.0.1:{settings.port}/hooks/payments")
    api = Router(
        path=f"{PATH}/v1/checkout/sessions",
        route_handlers=[open_session, read_session, expire_session],
        before_request=_require_key,
        exception_handlers={Refused: _refuse},
    )
    page = Router(path=f"{PATH}/pay", route_handlers=[show_page, pay], exception_handlers={Refused: _refuse})
    dependencies = {"stripe_desk": Provide(lambda: desk, sync_to_thread=False)}
    return [Router(path="/", route_handlers=[api, page], dependencies=dependencies, include_in_schema=False)]


@post("/", status_code=200)
async def open_session(request: Request[Any, Any, Any], stripe_desk: NamedDependency[StripeDesk]) -> dict[str, Any]:
    fields = dict(parse_qsl((await request.body()).decode()))
    return stripe_desk.open(fields, request.headers.get("idempotency-key", "")).as_json()


@get("/{session_id:str}")
async def read_session(session_id: FromPath[str], stripe_desk: NamedDependency[StripeDesk]) -> dict[str, Any]:
    return stripe_desk.find(session_id).as_json()


@post("/{session_id:str}/expire", status_code=200)
async def expire_session(session_id: FromPath[str], stripe_desk: NamedDependency[StripeDesk]) -> Response[dict[str, Any]]:
    session = stripe_desk.expire(session_id)
    return Response(session.as_json(), background=BackgroundTask(stripe_desk.tell, "checkout.session.expired", session))


@get("/{session_id:str}")
async def show_page(session_id: FromPath[str], stripe_desk: NamedDependency[StripeDesk]) -> Response[str]:
    session = stripe_desk.find(session_id)
    amount = format_money(session.amount, session.currency.upper())
    return Response(_PAGE.render(session=session, amount=amount), media_type="text/html", headers=_HEADERS)


@post("/{session_id:str}", status_code=303)
async def pay(
    session_id: FromPath[str],
    stripe_desk: NamedDependency[StripeDesk],
    is_lost: Annotated[bool, QueryParameter(name="lost")] = False,
) -> Redirect:
    """``lost``: the product hears of it only by asking."""
    session = stripe_desk.find(session_id)
    is_new = session.status == "open"
    if is_new:
        session.status, session.payment_status = "complete", "paid"
    return Redirect(
        session.fields["success_url"],
        status_code=303,
        background=BackgroundTask(_tell, stripe_desk, session) if is_new and not is_lost else None,
    )


async def _tell(desk: StripeDesk, session: SimulatedSession) -> None:
    await desk.tell("checkout.session.completed", session)


async def _require_key(request: Request[Any, Any, Any]) -> None:
    if not is_same(request.headers.get("authorization", ""), f"Bearer {simulated_provider(0).key}"):
        raise Refused(401, "invalid_request_error", "Invalid API Key provided.")


def _refuse(_: Request[Any, Any, Any], error: Refused) -> Response[Any]:
    return Response({"error": error.error}, status_code=error.status)
