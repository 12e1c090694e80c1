import resource
from collections.abc import AsyncGenerator, Generator

import pytest

from tests.faults.database import DatabaseServer, database_server
from tests.faults.pair import Pair
from tests.faults.proxy import Proxy, proxy_to
from tests.faults.scene import Scene
from tests.faults.telling import tell
from tests.faults.text_cast import all_phones, set_texting
from tests.faults.text_scene import TextScene
from tests.faults.web import WebProcess
from tests.simulated_carrier import running_carrier
from tests.valkey_server import ValkeyServer

__all__ = ["tell"]

END_LISTENERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name LIKE 'pawline live %'"
)


@pytest.fixture
def many_files() -> Generator[None]:
    """Thousands of clients hold a connection each."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="package")
async def server() -> AsyncGenerator[DatabaseServer]:
    async with database_server() as server:
        yield server


@pytest.fixture(scope="module")
async def stage(server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Scene]:
    """A fresh database with the cast for each file of tests, because starting web processes takes most of the time."""
    assert server.cast is not None
    stage = Scene(server, await server.copy_model(), server.cast, tmp_path_factory.mktemp("web"))
    yield stage
    await stage.end()


@pytest.fixture
async def scene(stage: Scene) -> Scene:
    """A thread that is still empty, and everybody signed in."""
    stage.thread = next(stage.empty_threads)
    await stage.rows("UPDATE login_session SET revoked_at = NULL, last_seen_at = now()")
    return stage


@pytest.fixture(scope="module")
async def proxy(stage: Scene) -> AsyncGenerator[Proxy]:
    async with proxy_to(lambda: stage.url) as proxy:
        yield proxy


@pytest.fixture(scope="module")
async def web(stage: Scene) -> WebProcess:
    return await stage.start_web()


@pytest.fixture(scope="module")
async def other_web(stage: Scene) -> WebProcess:
    return await stage.start_web()


@pytest.fixture(scope="module")
def pair_over_postgres(stage: Scene, web: WebProcess, other_web: WebProcess) -> Pair:
    return Pair(web, other_web, cut=lambda: stage.rows(END_LISTENERS))


@pytest.fixture(scope="module")
async def pair_over_valkey(stage: Scene, valkey: ValkeyServer) -> Pair:
    settings = {"PAWLINE_VALKEY_URL": valkey.url}
    one, other = [await stage.start_web(settings=settings) for _ in range(2)]
    return Pair(one, other, cut=lambda: valkey.ask("CLIENT", "KILL", "TYPE", "pubsub"))


@pytest.fixture(params=["pair_over_postgres", "pair_over_valkey"])
def pair(request: pytest.FixtureRequest) -> Pair:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
async def web_behind_proxy(stage: Scene, proxy: Proxy) -> AsyncGenerator[WebProcess]:
    web = await stage.start_web(proxy.url)
    yield web
    await web.stop()


@pytest.fixture(scope="package")
async def texting_stage(server: DatabaseServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[TextScene]:
    """One database, one carrier and one web process for all tests of texting; each takes clients of its own."""
    assert server.cast is not None
    stage = Scene(server, await server.copy_model(), server.cast, tmp_path_factory.mktemp("texting"))
    async with running_carrier(hook_retry_seconds=1, hook_retries=20) as carrier:
        web = WebProcess(stage.url, stage.folder, carrier.environment())
        await web.start()
        cast = await set_texting(stage.url, server.cast)
        texting = TextScene(stage, cast, carrier, web, all_phones())
        await texting.take_texts_at(web)
        yield texting
        await stage.end()
        await web.stop()


@pytest.fixture
async def texting(texting_stage: TextScene) -> TextScene:
    """All that earlier tests sent is over and forgotten by the carrier."""
    await texting_stage.begin()
    return texting_stage
