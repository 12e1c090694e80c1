import stat
from pathlib import Path

import pytest

from pawline.platform.settings import Settings, SettingsInvalid

_PROVIDER = "STRIPE"  # words: a part of the names of settings

SECRET = "0123456789abcdef0123456789abcdef-and-more"
SHARED = {
    "DATABASE_URL": "postgresql://pawline:hidden-word@db.example.org/pawline",
    "PAWLINE_SMTP_URL": "smtp+starttls://mail:hidden-word@mail.example.org:587",
    "PAWLINE_SECRET": SECRET,
    "PAWLINE_PUBLIC_URL": "https://chat.example.org/",
}


def problems(env: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsInvalid) as invalid:
        Settings.from_env(env)
    return invalid.value.problems


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    env = {
        "PAWLINE_DATA": str(tmp_path),
        "PAWLINE_PORT": "99999",
        "PAWLINE_PUBLIC_URL": "http://chat.example.org",
        "DATABASE_URL": "mysql://x",
        "PAWLINE_SECRET": "short",
        "PAWLINE_UPLOAD_LIMIT_MB": "0",
        "PAWLINE_DATABASE_CONNECTIONS": "many",
        "PAWLINE_TRUSTED_PROXIES": "-1",
        "PAWLINE_VALKEY_URL": "http://hidden-word@cache",
        "PAWLINE_MAIL_BOUNCES": "a-mailbox-with-a-long-name@clinic.example",
        "PAWLINE_MAIL_FROM": "Pawline",
        "PAWLINE_FILES_URL": "ftp://files",
        "PAWLINE_WORKER_PORT": "0",
    }
    named = {problem.split()[0] for problem in problems(env)}

    assert {*env, "PAWLINE_SMTP_URL"} - {"PAWLINE_DATA"} == named


def test_one_message_lists_them_all() -> None:
    with pytest.raises(SettingsInvalid) as invalid:
        Settings.from_env({**SHARED, "PAWLINE_PORT": "x", "PAWLINE_PUBLIC_URL": "chat.example.org"})

    assert ["PAWLINE_PORT", "PAWLINE_PUBLIC_URL"] == sorted(line.split()[1] for line in str(invalid.value).splitlines()[1:])


def test_no_secret_shows_when_settings_are_printed() -> None:
    settings = Settings.from_env(SHARED)

    assert (SECRET, "https://chat.example.org", True) == (settings.secret, settings.public_url, settings.is_https)
    for shown in (repr(settings), str(settings), f"{settings}"):
        assert SECRET not in shown
        assert "hidden-word" not in shown


def test_problems_show_no_secret() -> None:
    env = {
        **SHARED,
        "PAWLINE_SECRET": "hidden-word",
        "DATABASE_URL": "x://pawline:hidden-word@db",
        "PAWLINE_SMTP_URL": "y://mail:hidden-word@mail",
    }

    assert "hidden-word" not in " ".join(problems(env))


def test_one_machine_makes_its_secret_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    env = {"PAWLINE_DATA": str(tmp_path / "data"), "PAWLINE_DEMO": "1"}
    first, second = Settings.from_env(env), Settings.from_env(env)

    assert first.secret == second.secret
    assert len(first.secret) >= 32
    assert 0o600 == stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    env = {**SHARED, "PAWLINE_SECRET": "", "PAWLINE_SECRET_FILE": str(tmp_path / "secret")}

    assert SECRET == Settings.from_env(env).secret
    assert ["PAWLINE_SECRET_FILE"] == [p.split()[0] for p in problems({**env, "PAWLINE_SECRET_FILE": "/nowhere"})][:1]


def test_many_machines_need_a_secret_they_share() -> None:
    assert ["PAWLINE_SECRET"] == [p.split()[0] for p in problems({**SHARED, "PAWLINE_SECRET": ""})]


@pytest.mark.parametrize(
    "url", ["ftp://chat.example.org", "https://", "https://chat.example.org/pawline", "chat.example.org", "http://192.0.2.1"]
)
def test_a_public_address_that_cannot_be_is_refused(url: str) -> None:
    assert ["PAWLINE_PUBLIC_URL"] == [p.split()[0] for p in problems({**SHARED, "PAWLINE_PUBLIC_URL": url})]


def test_hints_go_over_the_database_unless_a_server_is_named() -> None:
    assert Settings.from_env(SHARED).valkey_url is None
    for url in ("redis://cache", "rediss://pawline:hidden-word@cache:6380/1", "valkey://[::1]:6379/"):
        settings = Settings.from_env({**SHARED, "PAWLINE_VALKEY_URL": url})
        assert url == settings.valkey_url
        assert "hidden-word" not in repr(settings)


@pytest.mark.parametrize(
    "url", ["cache:6379", "http://cache", "redis://", "redis://cache:x", "redis://cache/a", "redis://cache?db=1"]
)
def test_address_of_valkey_that_cannot_be_is_refused_without_showing_it(url: str) -> None:
    assert ["PAWLINE_VALKEY_URL"] == [p.split()[0] for p in problems({**SHARED, "PAWLINE_VALKEY_URL": url})]


@pytest.mark.parametrize("url", ["http://localhost:8080", "http://127.0.0.1:9", "http://[::1]:8080", "https://chat.example.org"])
def test_plain_http_is_for_this_machine_alone(url: str) -> None:
    assert url == Settings.from_env({**SHARED, "PAWLINE_PUBLIC_URL": url}).public_url


def test_the_port_of_the_address_follows_the_port() -> None:
    env = {**SHARED, "PAWLINE_PUBLIC_URL": ""}

    assert "http://127.0.0.1:8080" == Settings.from_env(env).public_url
    assert "http://127.0.0.1:9000" == Settings.from_env({**env, "PORT": "9000"}).public_url
    assert "http://127.0.0.1:9001" == Settings.from_env({**env, "PORT": "9000", "PAWLINE_PORT": "9001"}).public_url


def test_payments_take_a_key_and_a_secret_or_neither() -> None:
    """PA-18: with one alone somebody would pay and nobody learn of it; neither is ever printed."""
    names = [f"PAWLINE_{_PROVIDER}_{name}" for name in ("KEY", "WEBHOOK_SECRET", "URL")]
    both = {**SHARED, names[0]: "sk_hidden", names[1]: "whsec_hidden"}

    assert Settings.from_env(SHARED).payments is None
    assert "hidden" not in repr(Settings.from_env(both))
    assert [[names[0]]] * 2 == [[p.split()[0] for p in problems({**SHARED, name: "x"})] for name in names[:2]]
    assert [names[2]] == [p.split()[0] for p in problems({**both, names[2]: "http://payments.example"})]


def test_hurry_is_for_tests_alone() -> None:
    assert 20 == Settings.from_env({**SHARED, "PAWLINE_HURRY": "20", "PAWLINE_TESTING": "1"}).hurry
    assert ["PAWLINE_HURRY"] == [problem.split()[0] for problem in problems({**SHARED, "PAWLINE_HURRY": "20"})]


@pytest.mark.parametrize("content", ["", "\n", "0123456789abcdef"])
def test_a_kept_secret_that_is_not_whole_is_refused(content: str, tmp_path: Path) -> None:
    """F-62: after a power cut an empty file would make every signature one that anybody can make."""
    (tmp_path / "secret").write_text(content)
    [problem] = problems({"PAWLINE_DATA": str(tmp_path), "PAWLINE_DEMO": "1"})

    assert problem.startswith("PAWLINE_DATA has a damaged secret")
    assert content == (tmp_path / "secret").read_text()


def test_a_start_broken_off_leaves_no_half_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-62: the name is given to what is written and flushed, not to what is yet to be."""

    def cut_off(*_: object) -> None:
        raise OSError(5, "the power was cut")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", cut_off)
        assert ["PAWLINE_DATA"] == [p.split()[0] for p in problems({"PAWLINE_DATA": str(tmp_path), "PAWLINE_DEMO": "1"})]

    assert [] == list(tmp_path.iterdir())
    assert 64 == len(Settings.from_env({"PAWLINE_DATA": str(tmp_path), "PAWLINE_DEMO": "1"}).secret)


@pytest.mark.parametrize(
    "url", ["/var/lib/pawline", "file://files", "ftp://host/files", "s3://KEY@bucket", "s3://bucket?acl=public", "s3://[bucket"]
)
def test_a_file_store_that_cannot_be_is_refused_at_the_start(url: str) -> None:
    """F-62"""
    assert ["PAWLINE_FILES_URL"] == [p.split()[0] for p in problems({**SHARED, "PAWLINE_FILES_URL": url})]


def test_a_file_store_that_can_be_is_not_made_by_looking(tmp_path: Path) -> None:
    for url in ((tmp_path / "files").as_uri(), "s3://KEY:hidden-word@bucket/folder?region=eu-west-1", "memory://"):
        assert url == Settings.from_env({**SHARED, "PAWLINE_FILES_URL": url}).files_url

    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("sender", ["Pawline", "chat@", "Northside, Vets <chat@clinic.example>", "a@b.example\nBcc: c@d.example"])
def test_a_sender_that_cannot_be_is_refused_at_the_start(sender: str) -> None:
    """F-62: else every e-mail would fail, and nobody could sign in."""
    assert ["PAWLINE_MAIL_FROM"] == [p.split()[0] for p in problems({**SHARED, "PAWLINE_MAIL_FROM": sender})]


@pytest.mark.parametrize(
    "sender", ["chat@clinic.example", "Röntgen Vets <chat@clinic.example>", '"Vets, North" <a@clinic.example>']
)
def test_a_sender_may_have_a_name(sender: str) -> None:
    assert sender == Settings.from_env({**SHARED, "PAWLINE_MAIL_FROM": sender}).mail_from
