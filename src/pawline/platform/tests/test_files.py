"""One behaviour for a folder, for memory and for S3; failures are two kinds only."""

import asyncio
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from moto.server import ThreadedMotoServer

from pawline.platform.file_urls import FilesUrlInvalid
from pawline.platform.files import FileMissing, FileStore, FilesUnavailable

KEY = "attachments/0199/display"
POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    """A local S3 server that checks signatures, with a bucket and a key that may use it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield _prepare_bucket(f"http://127.0.0.1:{server.get_host_and_port()[1]}")
    finally:
        server.stop()


def _prepare_bucket(endpoint: str) -> str:
    httpx.put(f"{endpoint}/media").raise_for_status()
    _iam(endpoint, "CreateUser")
    _iam(endpoint, "PutUserPolicy", PolicyName="all", PolicyDocument=POLICY)
    made = _iam(endpoint, "CreateAccessKey")
    key, secret = (
        quote(made.partition(f"<{name}>")[2].partition("<")[0], safe="") for name in ("AccessKeyId", "SecretAccessKey")
    )
    httpx.post(f"{endpoint}/moto-api/reset-auth", content="0").raise_for_status()  # from here on it checks
    return f"s3://{key}:{secret}@media/northside?region=us-east-1&endpoint={endpoint}"


def _iam(endpoint: str, action: str, **values: str) -> str:
    scope = {"Authorization": "AWS4-HMAC-SHA256 Credential=first/20260101/us-east-1/iam/aws4_request"}
    form = {"Action": action, "Version": "2010-05-08", "UserName": "pawline", **values}
    return httpx.post(endpoint, data=form, headers=scope).raise_for_status().text


@pytest.fixture(params=["folder", "memory", pytest.param("s3", marks=pytest.mark.server)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    match request.param:
        case "folder":
            return FileStore((tmp_path / "new folder" / "files").as_uri())
        case "memory":
            return FileStore("memory://")
        case _:
            return FileStore(request.getfixturevalue("s3_url"))


async def test_what_is_put_is_got_in_one_piece_and_in_chunks(store: FileStore, tmp_path: Path) -> None:
    content = bytes(range(256)) * 40_000  # 10 MB: more than one part
    (tmp_path / "photo").write_bytes(content)

    stored = await store.put(KEY, tmp_path / "photo")
    download = await store.open(KEY)
    pieces = [piece async for piece in download.chunks]

    assert (KEY, len(content), hashlib.sha256(content).hexdigest()) == (stored.key, stored.size_bytes, stored.sha256)
    assert content == b"".join(pieces) == await store.get(KEY, sha256=stored.sha256)
    assert len(content) == download.size_bytes


async def test_putting_again_replaces(store: FileStore) -> None:
    await store.put(KEY, b"first")
    await store.put(KEY, b"second")

    assert b"second" == await store.get(KEY)


async def test_other_bytes_than_were_put_are_noticed(store: FileStore) -> None:
    stored = await store.put(KEY, b"Pixel")
    await store.put(KEY, b"pixel")

    with pytest.raises(FilesUnavailable, match="damaged"):
        await store.get(KEY, sha256=stored.sha256)


async def test_what_is_missing_says_so(store: FileStore) -> None:
    with pytest.raises(FileMissing):
        await store.get("attachments/none")
    with pytest.raises(FileMissing):
        await store.open("attachments/none")


async def test_deleting_is_repeatable(store: FileStore) -> None:
    await store.put(KEY, b"Pixel")
    await store.delete(KEY)
    await store.delete(KEY)

    with pytest.raises(FileMissing):
        await store.get(KEY)


async def test_a_file_is_moved_whole_and_once(store: FileStore) -> None:
    await store.put(KEY, b"Pixel")
    await store.move(KEY, f"lost/2026-11-17/{KEY}")

    assert b"Pixel" == await store.get(f"lost/2026-11-17/{KEY}")
    with pytest.raises(FileMissing):
        await store.get(KEY)
    with pytest.raises(FileMissing):
        await store.move(KEY, f"lost/2026-11-18/{KEY}")


async def test_a_folder_lists_its_own_keys_only(store: FileStore) -> None:
    for key in ("list/a/1", "list/a/2", "list/ab/3"):
        await store.put(key, b"x")

    assert {"list/a/1", "list/a/2"} == {key async for key in store.list("list/a")}


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../secret", "a/../../b", "a//b", "a/", "A", "a b", "a\n", "a/.b", "a\\b"])
async def test_a_key_can_never_leave_the_store(key: str) -> None:
    store = FileStore("memory://")
    for call in (store.put(key, b"x"), store.get(key), store.open(key), store.delete(key)):
        with pytest.raises(ValueError, match="not a key"):
            await call


async def test_a_wrong_secret_is_unavailable_not_missing(s3_url: str) -> None:
    store = FileStore(re.sub(r":[^:@/]+@", ":wrong@", s3_url))

    for call in (store.put(KEY, b"x"), store.get(KEY), store.open(KEY), store.delete(KEY)):
        with pytest.raises(FilesUnavailable) as refused:
            await call
        assert "wrong" not in refused.value.detail
    with pytest.raises(FilesUnavailable):
        _ = [key async for key in store.list("attachments")]


async def test_a_missing_bucket_does_not_look_like_a_stored_file(s3_url: str) -> None:
    with pytest.raises(FilesUnavailable):
        await FileStore(s3_url.replace("@media/", "@no-such/")).put(KEY, b"x")


async def test_a_server_that_is_down_is_unavailable_within_seconds() -> None:
    store = FileStore("s3://key:secret@media?endpoint=http://127.0.0.1:9")

    async with asyncio.timeout(10):
        with pytest.raises(FilesUnavailable):
            await store.get(KEY)


async def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    store = FileStore(tmp_path.as_uri())
    (tmp_path / "attachments").write_text("a file where a folder should be")

    with pytest.raises(FilesUnavailable):
        await store.put(KEY, b"x")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "data/files",
        "file://data/files",
        "ftp://host/x",
        "https://example.org",
        "s3://",
        "s3://key@bucket",
        "s3://bucket?secret=hidden",
    ],
)
def test_an_address_that_cannot_work_is_refused_at_start(url: str) -> None:
    with pytest.raises(FilesUrlInvalid) as refused:
        FileStore(url)
    assert "hidden" not in str(refused.value)
