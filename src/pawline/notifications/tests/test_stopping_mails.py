"""Switching e-mails about unread messages off: in one click from the mail, and under one's own settings."""

import httpx

from pawline.notifications.tests.scene import Scene

MINUTE = 60.0
HOUR = 3600.0


async def test_switching_them_off_in_one_click(scene: Scene) -> None:
    """RFC 8058: the mail program posts to the address in the header; opening it alone changes nothing."""
    await scene.write()
    await scene.look(seconds=180)
    sent = scene.as_sent(scene.mails_to("olive")[0])
    url = str(sent["List-Unsubscribe"]).strip("<>")
    async with httpx.AsyncClient() as client:
        asked = await client.get(url)
        still = (await scene.world.olive.get("/notifications")).json()
        done = await client.post(url, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example.org"})
        forged = await client.post(url[:-1] + ("0" if url[-1] != "0" else "1"))
        odd = [await client.get(f"{scene.world.product.url}/mails/off/{token}") for token in ("x", "é" * 96, "0" * 96)]
    await scene.write("Bring her in", seconds=2 * HOUR)
    await scene.look(seconds=2 * HOUR + 180)

    assert "List-Unsubscribe=One-Click" == sent["List-Unsubscribe-Post"]
    assert url in scene.mails_to("olive")[0].text
    assert (200, 200, 404) == (asked.status_code, done.status_code, forged.status_code)
    assert [404, 404, 404] == [each.status_code for each in odd]
    assert still["is_mailed"]
    assert not (await scene.world.olive.get("/notifications")).json()["is_mailed"]
    assert ["olive"] == scene.told("olive")
    assert ["omar", "omar"] == scene.told("omar")


async def test_the_page_that_stops_them_is_in_the_language_of_the_mail(scene: Scene) -> None:
    """Whatever the browser prefers; a link that is nobody's follows the browser."""
    spanish = {"X-Pawline-Version": "1", "Accept-Language": "es"}
    await scene.world.olive.send("GET", "/session", headers=spanish)
    await scene.write()
    await scene.look(seconds=180)
    url = str(scene.as_sent(scene.mails_to("olive")[0])["List-Unsubscribe"]).strip("<>")
    async with httpx.AsyncClient(headers={"Accept-Language": "en"}) as client:
        asked, done = await client.get(url), await client.post(url)
        broken = await client.get(f"{scene.world.product.url}/mails/off/x", headers={"Accept-Language": "es"})

    assert ['<html lang="es">'] * 3 == [page.text.splitlines()[1] for page in (asked, done, broken)]
    assert "<h1>¿No más correos?</h1>" in asked.text
    assert ">Desactivarlos</button>" in asked.text
    assert "<h1>Los correos están desactivados.</h1>" in done.text
    assert "<h1>Este enlace no funciona.</h1>" in broken.text


async def test_taking_it_back_on_the_same_page(scene: Scene) -> None:
    """RFC 8058: whoever hit the button by mistake switches them on again without signing in; opening the address does not."""
    await scene.write()
    await scene.look(seconds=180)
    url = str(scene.as_sent(scene.mails_to("olive")[0])["List-Unsubscribe"]).strip("<>")
    async with httpx.AsyncClient() as client:
        done = await client.post(url)
        opened = await client.get(f"{url}/on")
        still_off = (await scene.world.olive.get("/notifications")).json()
        undone = await client.post(f"{url}/on")

    assert f'action="{httpx.URL(url).path}/on"' in done.text
    assert (405, 200) == (opened.status_code, undone.status_code)
    assert (False, True) == (still_off["is_mailed"], (await scene.world.olive.get("/notifications")).json()["is_mailed"])
    assert "<h1>The e-mails are on again.</h1>" in undone.text


async def test_switching_them_off_and_on(scene: Scene) -> None:
    """Olive's own setting is hers alone, and no staff member's. What came while they were off makes nothing due."""
    view = (await scene.world.olive.send("PUT", "/notifications", {"is_mailed": False})).json()
    await scene.write()
    await scene.look(seconds=180)
    while_off = scene.told()
    await scene.look(seconds=10 * MINUTE)
    await scene.world.olive.send("PUT", "/notifications", {"is_mailed": True})
    await scene.write("Bring her in", seconds=20 * MINUTE)
    await scene.look(seconds=20 * MINUTE + 179)
    too_early = scene.told("olive")
    await scene.look(seconds=23 * MINUTE)

    assert [] == too_early
    assert ("olive" in view["email"], view["is_mailed"]) == (True, False)
    assert ["omar"] == while_off
    assert ["olive"] == scene.told("olive")
    for person in (scene.world.nora, scene.world.rita, scene.world.otto):
        assert 404 == (await person.get("/notifications")).status_code
