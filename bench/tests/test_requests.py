from uuid import UUID

from bench.load.work import Request
from bench.pgbench import build_script
from bench.requests import BODY_BYTES, post_request
from bench.seeding import Household

IDS = [UUID(int=number) for number in range(1, 7)]


def test_a_post_says_how_long_it_is_and_has_a_body_of_the_size_asked_for() -> None:
    sent = Request(post_request(Household(1, *IDS))).build(7).decode()

    head, _, draft = sent.partition("\r\n\r\n")

    assert f"Content-Length: {len(draft)}" in head
    assert f'"body":"#{7:012d}{"x" * (BODY_BYTES - 13)}"' in draft


def test_pgbench_gets_the_statement_without_parameters_it_does_not_know() -> None:
    statement = "-- why %(now)s\nSELECT CAST(%(drafts)s AS json), %(now)s, %(terms)s"

    script = build_script(statement)

    assert "%(" not in script
    assert "CAST(:client_id AS int)" in script
    assert script.endswith(";\n")
