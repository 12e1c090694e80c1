"""The simulated carrier's web server: its API as the product knows it, and the phones of everybody else."""

from litestar import Litestar, Router
from litestar.config.cors import CORSConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp

from pawline.carriers.simulator.bad_weather import BadWeather
from pawline.carriers.simulator.credentials import CredentialsGuard
from pawline.carriers.simulator.desk_routes import desk_router
from pawline.carriers.simulator.message_routes import file_router, message_routes
from pawline.carriers.simulator.number_routes import number_routes, verification_routes
from pawline.carriers.simulator.phone_routes import phone_router
from pawline.carriers.simulator.refusals import Refused, on_http_exception, on_refused
from pawline.carriers.simulator.scenario_routes import build_scenario_router
from pawline.carriers.simulator.settings import SimulatorSettings
from pawline.carriers.simulator.simulator import Simulator
from pawline.carriers.simulator.wire import VERSION


def build_simulator(settings: SimulatorSettings) -> Litestar:
    """``app.state["simulator"]`` is the carrier itself, for who runs it in the same process."""
    simulator = Simulator(settings)
    return Litestar(
        route_handlers=[_api(simulator), file_router, phone_router, desk_router, build_scenario_router(simulator)],
        dependencies={"simulator": Provide(lambda: simulator, sync_to_thread=False)},
        state=State({"simulator": simulator}),
        lifespan=[lambda _: simulator.running()],
        cors_config=CORSConfig(allow_origins=list(settings.page_origins), allow_credentials=False),
        openapi_config=None,
        logging_config=None,
    )


def _api(simulator: Simulator) -> Router:
    def under_bad_weather(app: ASGIApp) -> ASGIApp:
        # A function, since the framework makes deep copies of all other kinds of middleware.
        return BadWeather(app, simulator)

    account = Router(path=f"/{VERSION}/Accounts/{{account:str}}", route_handlers=[*message_routes, *number_routes])
    return Router(
        path="/",
        route_handlers=[account, Router(path="/v1", route_handlers=[*verification_routes])],
        guards=[CredentialsGuard(simulator.desk.settings)],
        middleware=[under_bad_weather],
        exception_handlers={Refused: on_refused, HTTPException: on_http_exception},
    )
