"""The composition root: the one file that may import everything."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.types import ControllerRouterHandler, Scope

from pawline.carriers.interface import forget_exchange
from pawline.carriers.registry import build_carriers
from pawline.consent.routes import app_terms_router
from pawline.deliveries.dispatching import Dispatcher
from pawline.deliveries.exchanges import exchange_recorder, forget_exchanges
from pawline.deliveries.pace import Pace
from pawline.demo.mounting import demo_routes
from pawline.duty.frames import DutyFrames
from pawline.duty.routes import duty_router
from pawline.finding.routes import family_search_router
from pawline.inbox.label_frames import LabelFrames
from pawline.inbox.out_of_sight import keep_returning
from pawline.inbox.routes import inbox_router
from pawline.inbox.snoozing import wake_due
from pawline.joining.desk import JoiningDesk
from pawline.joining.entrance_routes import entrances_router
from pawline.joining.mails import JoiningMails
from pawline.joining.sweeping import sweep_joining
from pawline.moderation.routes import moderation_router
from pawline.moderation.sealed_copies import SealedCopies
from pawline.moderation.telling import ModerationFrames
from pawline.notifications.bounces import COUNT_TASK, count_bounce_now
from pawline.notifications.routes import notifications_router
from pawline.notifications.sign_in_mails import SignInMails
from pawline.notifications.staff_refusal_mails import StaffRefusalMails
from pawline.notifications.telling import tell_people
from pawline.passkeys.routes import passkeys_router
from pawline.passkeys.sweeping import sweep_passkeys
from pawline.payments.jobs import close_checkout_now, expire_requests
from pawline.payments.routes import payment_routers
from pawline.platform.actor import Actor
from pawline.platform.api_description import openapi_config
from pawline.platform.arriving import clear_arriving
from pawline.platform.db import Database
from pawline.platform.files import FileStore
from pawline.platform.health import Watch
from pawline.platform.idempotency import sweep_answers
from pawline.platform.jobs import Job, work
from pawline.platform.json_requests import JsonRequest
from pawline.platform.listening import Ear, listen
from pawline.platform.pages import WEB_FOLDER, page_routes
from pawline.platform.peers import TEXTS, Peers, line_set_in
from pawline.platform.problems import EXCEPTION_HANDLERS
from pawline.platform.realtime import Hub
from pawline.platform.repeating import cancelled, repeat, until_one_ends
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
from pawline.sign_in.sweeping import sweep_sign_in
from pawline.starting.routes import starting_router
from pawline.team.mails import AddressMails
from pawline.team.routes import team_router
from pawline.team.sweeping import sweep_team
from pawline.texting.desk import TextingDesk
from pawline.texting.hooks import hooks_router
from pawline.texting.link_routes import links_router
from pawline.texting.media_in import MEDIA_TASK, MediaFetcher, give_up_media
from pawline.texting.number_jobs import NumberJobs
from pawline.texting.receiving import LATER_TASK, process_inbound_text_now
from pawline.texting.routes import texting_router
from pawline.texting.sending import StaffTexts
from pawline.texting.settings_routes import settings_router
from pawline.threads.activity import ActivityFrames
from pawline.threads.anew import ThreadAnewFrames
from pawline.threads.answer_times import measure_reply_times
from pawline.threads.desk import Desk
from pawline.threads.entries import touch_message
from pawline.threads.file_links import FileLinks
from pawline.threads.file_routes import files_router
from pawline.threads.frames import Frames
from pawline.threads.keeping import Workbench
from pawline.threads.light_frames import LightFrames
from pawline.threads.light_routes import lights_router
from pawline.threads.live_routes import live
from pawline.threads.media.process import MediaProcessor
from pawline.threads.payment_rows import CLOSE_TASK
from pawline.threads.pet_routes import pets_router
from pawline.threads.portraits import FORGET_TASK, forget_portrait_now
from pawline.threads.posting import PostingLanes
from pawline.threads.routes import threads_router
from pawline.threads.search_routes import search_router
from pawline.threads.sweeping import sweeps
from pawline.threads.upload_routes import uploads_router
from pawline.transcripts.routes import transcripts_router
from pawline.vets.answer_routes import answering_router
from pawline.vets.invitations import MAIL_TASK as VET_MAIL_TASK
from pawline.vets.mails import VetMails
from pawline.vets.owner_routes import finding_router
from pawline.vets.sweeping import sweep_vets
from pawline.vets.switching_routes import switching_router
from pawline.vets.telling import ConnectionFrames

LARGEST_JSON_BYTES = 256 * 1024
WEBHOOK_CONNECTIONS = 6


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


async def run_worker(database_url: str, settings: Settings) -> None:
    """The jobs side, until cancelled."""
    clear_arriving(settings.data)
    database = Database(database_url, connections=8)
    carriers = build_carriers(settings, lambda name: exchange_recorder(database, name))
    texting = TextingDesk(settings, database, carriers)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        for carrier in carriers.values():
            stack.push_async_callback(carrier.close)
        workshop = Workbench(FileStore(settings.files_url), await stack.enter_async_context(MediaProcessor()))
        teller = Peers(database_url, receive=lambda _: None, resync=lambda: None, line=line_set_in(settings, database_url))
        # Whatever a worker before this one did not get to tell, the screens ask for.
        teller.is_in_doubt = True
        database.publish_with(teller.tell, teller.doubt)
        dispatcher = Dispatcher(database, carriers, touch_message, settings=settings, pace=Pace().hurried(settings.hurry))
        lookers = (dispatcher.run(), tell_people(settings, database), keep_returning(database))
        ear = Ear(channel=TEXTS, name="pawline texts", hear=lambda _: dispatcher.wake())
        tasks = [asyncio.create_task(each) for each in (teller.run(listens=False), listen(database_url, ear), *lookers)]
        for task in tasks:
            stack.push_async_callback(cancelled, task)
        jobs = work(database_url, _jobs(settings, texting, workshop), periodic=_periodic(texting, workshop))
        await until_one_ends(asyncio.create_task(jobs), tasks)


def _jobs(settings: Settings, texting: TextingDesk, workshop: Workbench) -> dict[str, Job]:
    return {
        **JoiningMails(settings, texting.database).by_name(),
        VET_MAIL_TASK: VetMails(settings, texting.database).send_vet_invitation_mail_now,
        **SignInMails(settings, texting.database).by_name(),
        **AddressMails(settings, texting.database).by_name(),
        **StaffRefusalMails(settings, texting.database).by_name(),
        COUNT_TASK: count_bounce_now,
        CLOSE_TASK: partial(close_checkout_now, settings),
        FORGET_TASK: partial(forget_portrait_now, workshop.files),
        **SealedCopies(texting.database, workshop.files, settings.data).by_name(),
        MEDIA_TASK: MediaFetcher(texting, workshop).fetch_inbound_media_now,
        LATER_TASK: partial(process_inbound_text_now, texting),
        **NumberJobs(texting).by_name(),
    }


def _periodic(texting: TextingDesk, workshop: Workbench) -> dict[str, tuple[str, Job]]:
    database = texting.database
    return {
        "sweep_answers": ("31 3 * * *", lambda: sweep_answers(database)),
        "sweep_sign_in": ("7 * * * *", lambda: sweep_sign_in(database)),
        "sweep_joining": ("17 * * * *", lambda: sweep_joining(database)),
        "sweep_team": ("29 * * * *", lambda: sweep_team(database)),
        "sweep_passkeys": ("13 * * * *", lambda: sweep_passkeys(database)),
        "sweep_vets": ("19 * * * *", lambda: sweep_vets(database)),
        "forget_exchanges": ("23 * * * *", lambda: forget_exchanges(database)),
        "measure_reply_times": ("41 * * * *", lambda: measure_reply_times(database)),
        "expire_payment_requests": ("*/10 * * * *", lambda: expire_requests(database)),
        "wake_snoozed": ("* * * * *", lambda: wake_due(database)),
        **SealedCopies(database, workshop.files, texting.settings.data).periodic(),
        "give_up_media": ("*/10 * * * *", lambda: give_up_media(database)),
        **sweeps(database, workshop.files),
        **NumberJobs(texting).periodic(),
    }


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
        *(demo_routes(settings) if settings.is_demo else ()),
    ]
