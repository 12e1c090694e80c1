"""What a clinic tells of itself: who may change it, what is refused, and who hears of it."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from pawline.practices.models import Clinic
from tests.world import Caller, Json, World

RECEPTION, EMERGENCY = "+13155550100", "+13155550199"
BOTH = {"phone": RECEPTION, "emergency_number": EMERGENCY}


async def change(world: World, body: Json, *, by: Caller | None = None, at: str = "") -> Any:
    return await (by or world.ada).send("PATCH", f"/clinics/{at or world.clinic_id}", body)


async def stored(world: World) -> tuple[str, str | None, str | None, bool]:
    statement = select(Clinic.name, Clinic.phone, Clinic.emergency_number, Clinic.is_app_chat_enabled)
    async with world.product.database.transaction() as uow:
        row = (await uow.execute(statement.where(Clinic.id == UUID(world.clinic_id)))).one()
    return row.name, row.phone, row.emergency_number, row.is_app_chat_enabled


async def test_numbers_in_any_spelling_are_those_that_families_call(world: World) -> None:
    """AL-38, AL-41: set on the settings page, called from the owner's app."""
    saved = await change(world, {"name": " Hill  Road ", "phone": "315 555 0100", "emergency_number": "+1 (315) 555-0199"})
    of_olive = (await world.olive.thread(world.thread_id))["clinic"]

    assert 200 == saved.status_code, saved.text
    shown = saved.json()["clinic"]
    assert ("Hill Road", "(315) 555-0100", "(315) 555-0199") == (shown["name"], shown["phone"], shown["emergency_number"])
    assert ("Hill Road", RECEPTION, EMERGENCY) == (of_olive["name"], of_olive["phone"], of_olive["emergency_number"])


async def test_what_is_left_out_stays_and_null_takes_a_number_away(world: World) -> None:
    await change(world, BOTH)
    for body in ({}, {"name": "Hill Road"}, {"phone": None}, {"is_app_chat_enabled": False}):
        assert 200 == (await change(world, body)).status_code

    assert ("Hill Road", None, EMERGENCY, False) == await stored(world)


async def test_the_address_is_written_as_in_its_country(world: World) -> None:
    """In the chat's menu and on the poster; each part may be taken away."""
    address = {"street": " 120  Hill Street", "city": "Syracuse", "region": "NY", "postcode": "13202"}
    saved = await change(world, address)
    of_olive = (await world.olive.thread(world.thread_id))["clinic"]
    async with world.product.database.transaction() as uow:
        await uow.execute(update(Clinic).where(Clinic.id == UUID(world.clinic_id)).values(country="ES"))
    in_spain = (await world.olive.thread(world.thread_id))["clinic"]
    await change(world, {"street": None, "region": None, "postcode": None})
    town = (await world.olive.thread(world.thread_id))["clinic"]
    await change(world, {"city": None})

    assert {**address, "street": "120 Hill Street"} == {name: saved.json()["clinic"][name] for name in address}
    assert "120 Hill Street, Syracuse, NY 13202" == of_olive["address"]
    assert "120 Hill Street, 13202 Syracuse, NY" == in_spain["address"]
    assert "Syracuse" == town["address"]
    assert (await world.olive.thread(world.thread_id))["clinic"]["address"] is None
    assert 422 == (await change(world, {"street": " "})).status_code


async def test_everything_that_is_wrong_is_said_at_once_and_nothing_stored(world: World) -> None:
    before = await stored(world)
    refused = await change(world, {"name": " ", "phone": "12", "emergency_number": "", "is_app_chat_enabled": False})

    not_a_number = "is not a phone number; write it with its area code, like (212) 555-0142, or with + and the country"
    assert {"name": "is empty; fill it in", "phone": not_a_number, "emergency_number": not_a_number} == {
        error["field"]: error["message"] for error in refused.json()["errors"]
    }
    assert (422, before) == (refused.status_code, await stored(world))
    for field in ("name", "is_app_chat_enabled"):
        assert 422 == (await change(world, {field: None})).status_code


async def test_a_number_is_read_as_it_is_dialled_in_the_clinics_country(world: World) -> None:
    async with world.product.database.transaction() as uow:
        await uow.execute(update(Clinic).where(Clinic.id == UUID(world.clinic_id)).values(country="GB"))
    saved = await change(world, {"phone": "020 7946 0100"})

    assert "+442079460100" == (await stored(world))[1]
    assert "020 7946 0100" == saved.json()["clinic"]["phone"]


async def test_another_emergency_number_reaches_open_screens_at_once(world: World) -> None:
    """AL-38: Olive has the chat open; without such a number she is given the clinic's phone."""
    steps: list[tuple[Json, str | None]] = [(BOTH, EMERGENCY), ({"emergency_number": None}, RECEPTION), ({"phone": None}, None)]
    async with world.olive.live() as screen:
        for body, expected in steps:
            assert 200 == (await change(world, body)).status_code
            while (await screen.next("availability", within_seconds=4))["emergency_number"] != expected:
                pass


async def test_who_may_change_it(world: World) -> None:
    """From administrator on, and where one works; to everybody else the clinic is not there."""
    before = await stored(world)
    outsiders = [await change(world, BOTH, by=who) for who in (world.rita, world.olive, world.rolf)]
    nothing = await change(world, BOTH, at=str(uuid4()))
    elsewhere = await change(world, BOTH, at=world.other_clinic_id)
    too_low = [(await change(world, BOTH, by=who)).status_code for who in (world.nora, world.toby)]
    after = await stored(world)

    assert [404] * 5 == [each.status_code for each in (*outsiders, nothing, elsewhere)]
    assert 1 == len({each.text for each in (*outsiders, nothing, elsewhere)})
    assert ([403] * 2, before) == (too_low, after)
    assert 200 == (await change(world, BOTH, by=world.helen, at=world.other_clinic_id)).status_code
