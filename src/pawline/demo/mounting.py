"""What the web side answers in demo mode only."""

from litestar.types import ControllerRouterHandler

from pawline.demo.carrier_proxy import carrier_proxy
from pawline.demo.phones_routes import demo_phones_router
from pawline.demo.poster_routes import demo_poster_router
from pawline.demo.routes import demo_router
from pawline.demo.sign_in import demo_sign_in_router
from pawline.payments.simulator.routes import simulator_routes
from pawline.platform.settings import Settings


def demo_routes(settings: Settings) -> list[ControllerRouterHandler]:
    return [
        demo_router(settings.data / "mailbox"),
        demo_poster_router,
        demo_sign_in_router,
        demo_phones_router,
        *carrier_proxy(settings),
        *simulator_routes(settings),
    ]
