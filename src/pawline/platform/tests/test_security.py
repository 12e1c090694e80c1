import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pawline.platform.errors import Forbidden
from pawline.platform.security import (
    allowed_origins,
    cookie_name,
    csrf_token,
    hash_secret,
    is_same,
    keyed_hash,
    new_secret,
    require_own_origin,
)
from pawline.platform.settings import Settings

SHARED = {"DATABASE_URL": "postgresql://db", "PAWLINE_SMTP_URL": "smtp://mail", "PAWLINE_SECRET": "0123456789abcdef" * 2}
LOCAL = Settings.from_env(SHARED)
PUBLIC = Settings.from_env({**SHARED, "PAWLINE_PUBLIC_URL": "https://chat.example.org"})


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(1_000)}

    assert 1_000 == len(secrets)
    assert all(re.fullmatch(r"[\w-]{43}", secret) for secret in secrets)


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_same_means_equal(left: str, right: str) -> None:
    assert (left == right) == is_same(left, right)
    assert is_same(left, left.encode())


def test_a_key_serves_one_purpose_and_one_installation() -> None:
    hashes = {
        keyed_hash(LOCAL, "code", "1"),
        keyed_hash(LOCAL, "link", "1"),
        keyed_hash(LOCAL, "code", "2"),
        keyed_hash(LOCAL, "code", "1", ""),
        keyed_hash(replace(LOCAL, secret="f" * 32), "code", "1"),
    }

    assert 5 == len(hashes)
    assert hash_secret("1") not in hashes


def test_parts_do_not_run_into_each_other() -> None:
    assert keyed_hash(LOCAL, "file", "ab", "c") != keyed_hash(LOCAL, "file", "a", "bc")


def test_the_token_against_forged_requests_does_not_tell_the_session() -> None:
    secret = new_secret()

    assert csrf_token(secret) == csrf_token(secret)
    assert secret not in csrf_token(secret)
    assert hash_secret(secret).hex() != csrf_token(secret)


def test_cookies_are_bound_to_the_host_where_the_address_is_https() -> None:
    assert ["pawline_staff", "__Host-pawline_owner"] == [cookie_name(LOCAL, "staff"), cookie_name(PUBLIC, "owner")]


def test_this_machine_has_two_names_and_a_public_address_one() -> None:
    assert {"http://127.0.0.1:8080", "http://localhost:8080"} == allowed_origins(LOCAL)
    assert {"https://chat.example.org"} == allowed_origins(PUBLIC)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://chat.example.org"},
        {"origin": "https://chat.example.org:444"},
        {"origin": "https://chat.example.org.evil.example"},
        {"origin": "https://evil.example/https://chat.example.org"},
        {"origin": "https://CHAT.example.org"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "https://chat.example.org", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_other_origins_are_refused_by_equality(headers: dict[str, str]) -> None:
    with pytest.raises(Forbidden, match=r"https://chat\.example\.org"):
        require_own_origin(PUBLIC, headers)


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "https://chat.example.org"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
    ids=str,
)
def test_our_pages_and_programs_pass(headers: dict[str, str]) -> None:
    require_own_origin(PUBLIC, headers)
