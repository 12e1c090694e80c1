"""The composition root: the one file that may import everything."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.types import ControllerRouterHandler, Scope

from pawline.carriers.interface import forget_exchange
from pawline.carriers.registry import build_carriers
from pawline.consent.routes import app_terms_router
from pawline.duty.frames import DutyFrames
from pawline.duty.routes import duty_router
from pawline.finding.routes import family_search_router
from pawline.inbox.label_frames import LabelFrames
from pawline.inbox.routes import inbox_router
from pawline.joining.desk import JoiningDesk
from pawline.joining.entrance_routes import entrances_router
from pawline.moderation.routes import moderation_router
from pawline.moderation.telling import ModerationFrames
from pawline.notifications.routes import notifications_router
from pawline.passkeys.routes import passkeys_router
from pawline.payments.routes import payment_routers
from pawline.platform.actor import Actor
from pawline.platform.api_description import openapi_config
from pawline.platform.arriving import clear_arriving
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.health import Watch
from pawline.platform.json_requests import JsonRequest
from pawline.platform.left_out import left_out
from pawline.platform.pages import WEB_FOLDER, page_routes
from pawline.platform.peers import line_set_in
from pawline.platform.problems import EXCEPTION_HANDLERS
from pawline.platform.realtime import Hub
from pawline.platform.repeating import cancelled, repeat
from pawline.platform.request_course import COURSE_HANDLERS, RequestCourse
from pawline.platform.settings import Settings
from pawline.reminders.routes import reminders_router
from pawline.reminders.visit_routes import visits_router
from pawline.schedule.routes import schedule_router
from pawline.schedule.telling import ScheduleFrames
from pawline.sign_in.desk import SignInDesk
from pawline.sign_in.gate import Gate, provide_actor
from pawline.sign_in.lockout import Lockout
from pawline.sign_in.routes import sign_in_router
from pawline.starting.routes import starting_router
from pawline.team.routes import team_router
from pawline.texting.desk import TextingDesk
from pawline.texting.hooks import hooks_router
from pawline.texting.link_routes import links_router
from pawline.texting.routes import texting_router
from pawline.texting.sending import StaffTexts
from pawline.texting.settings_routes import settings_router
from pawline.threads.activity import ActivityFrames
from pawline.threads.anew import ThreadAnewFrames
from pawline.threads.desk import Desk
from pawline.threads.file_links import FileLinks
from pawline.threads.file_routes import files_router
from pawline.threads.frames import Frames
from pawline.threads.light_frames import LightFrames
from pawline.threads.light_routes import lights_router
from pawline.threads.live_routes import live
from pawline.threads.media.process import MediaProcessor
from pawline.threads.pet_routes import pets_router
from pawline.threads.posting import PostingLanes
from pawline.threads.routes import threads_router
from pawline.threads.search_routes import search_router
from pawline.threads.upload_routes import uploads_router
from pawline.transcripts.routes import transcripts_router
from pawline.vets.answer_routes import answering_router
from pawline.vets.owner_routes import finding_router
from pawline.vets.switching_routes import switching_router
from pawline.vets.telling import ConnectionFrames

LARGEST_JSON_BYTES = 256 * 1024
WEBHOOK_CONNECTIONS = 6


# Litestar would load plugins for Pydantic, 8 MiB, though no route knows it: the command line brings it along.
@left_out("pydantic")
def build_app(settings: Settings, *, database_url: str, web_folder: Path = WEB_FOLDER) -> Litestar:
    """The web side: pages, API, live socket. Its pool and listeners live as long as the app runs."""
    database = Database(database_url, connections=settings.database_connections)
    gate = Gate(settings, database)
    hub = Hub(database, gate.actors_by_session, line_set_in(settings, database_url))
    desk, watch = _desk(settings, database, hub), Watch(database_url, hub)
    # The web side calls no carrier about a text, so it has nothing to record.
    texting = TextingDesk(settings, database, build_carriers(settings, lambda _: forget_exchange))
    # Texts of one phone wait for each other; a burst of them must not take the connections that people's requests need.
    webhooks = TextingDesk(settings, Database(database_url, connections=WEBHOOK_CONNECTIONS), texting.carriers)
    sign_in = SignInDesk(settings, database, gate, Lockout(settings, database))
    joining = JoiningDesk(settings, database, sign_in.lockout, FileStore(settings.files_url))
    return Litestar(
        route_handlers=[*_routes(settings, watch), _hooks(webhooks), *page_routes(web_folder, is_demo=settings.is_demo)],
        on_shutdown=[watch.close],
        dependencies={
            # One after the other: for two that could be asked at once the framework starts a task group in every request.
            "actor": Provide(_provide_actor),
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "texting": Provide(lambda: texting, sync_to_thread=False),
            "joining": Provide(lambda: joining, sync_to_thread=False),
            "sign_in": Provide(lambda: sign_in, sync_to_thread=False),
            "gate": Provide(lambda: gate, sync_to_thread=False),
            "hub": Provide(lambda: hub, sync_to_thread=False),
            "database": Provide(lambda: database, sync_to_thread=False),
        },
        state=State({"gate": gate, "desk": desk}),
        lifespan=[lambda _: _running(desk, gate, webhooks)],
        middleware=[RequestCourse()],
        exception_handlers={**EXCEPTION_HANDLERS, **COURSE_HANDLERS},
        openapi_config=openapi_config(),
        request_class=JsonRequest,
        request_max_body_size=LARGEST_JSON_BYTES,
        compression_config=CompressionConfig(
            backend="gzip",
            minimum_size=1_500,
            gzip_compress_level=4,
            exclude=["^/api/v1/files/", "^/api/v1/portraits/", "^/f/", "^/phones/api/"],
        ),
        logging_config=None,
    )


def _desk(settings: Settings, database: Database, hub: Hub) -> Desk:
    links = FileLinks(settings)
    for frames in (ActivityFrames, ModerationFrames, ScheduleFrames, ConnectionFrames, LabelFrames, DutyFrames, ThreadAnewFrames):
        frames(hub)
    return Desk(
        settings=settings,
        database=database,
        hub=hub,
        lanes=PostingLanes(database),
        frames=Frames(database, hub, links),
        links=links,
        files=FileStore(settings.files_url),
        media=MediaProcessor(),
        texts=StaffTexts(),
    )


@asynccontextmanager
async def _running(desk: Desk, gate: Gate, webhooks: TextingDesk) -> AsyncGenerator[None]:
    clear_arriving(desk.settings.data)
    for database in (desk.database, webhooks.database):
        database.publish_with(desk.hub.publish, desk.hub.doubt)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(desk.database.close)
        stack.push_async_callback(webhooks.database.close)
        await stack.enter_async_context(desk.media)
        stack.push_async_callback(gate.close)
        for carrier in webhooks.carriers.values():
            stack.push_async_callback(carrier.close)
        stack.push_async_callback(desk.lanes.drain)
        for background in (*desk.hub.background(), LightFrames(desk.database, desk.hub).run):
            kept = repeat(background, every=1.0, stop=asyncio.Event(), trouble="background_ended")
            stack.push_async_callback(cancelled, asyncio.create_task(kept))
        yield


async def _provide_actor(scope: Scope, desk: NamedDependency[Desk]) -> Actor:  # noqa: ARG001 - see where it is used
    return await provide_actor(scope)


def _hooks(webhooks: TextingDesk) -> Router:
    return Router("/", route_handlers=[hooks_router], dependencies={"texting": Provide(lambda: webhooks, sync_to_thread=False)})


def _routes(settings: Settings, watch: Watch) -> list[ControllerRouterHandler]:
    return [
        sign_in_router,
        entrances_router,
        passkeys_router,
        team_router,
        inbox_router,
        starting_router,
        settings_router,
        pets_router,
        lights_router,
        duty_router,
        app_terms_router,
        threads_router,
        *payment_routers,
        transcripts_router,
        search_router,
        family_search_router,
        moderation_router,
        notifications_router,
        files_router,
        uploads_router,
        links_router,
        texting_router,
        reminders_router,
        schedule_router,
        visits_router,
        switching_router,
        finding_router,
        answering_router,
        live,
        *watch.routes(),
        *_demo_routes(settings),
    ]


def _demo_routes(settings: Settings) -> list[ControllerRouterHandler]:
    if not settings.is_demo:
        return []
    from pawline.demo.mounting import demo_routes  # noqa: PLC0415 - brings 3 MiB that no practice needs

    return demo_routes(settings)
