"""What e-mails say of payments."""

from pawline.notifications.tests.scene import Scene
from pawline.payments.tests.scene import act, ask


async def test_an_unread_request_says_how_much(scene: Scene) -> None:
    """PA-18, PPB-15: what for and how much; of what was cancelled meanwhile, the words alone."""
    world = scene.world
    await world.ada.send("PATCH", f"/clinics/{world.clinic_id}", {"mails_show_words": True})
    scene.set_time(0)
    await ask(world.nora, world.thread_id, body="Blood panel")
    cancelled = await ask(world.nora, world.thread_id, body="X-ray", payment={"amount_minor": 99_00, "currency": "USD"})
    await act(world.nora, world, cancelled, verb="cancel")
    await scene.look(seconds=180)
    text = " ".join(scene.mails_to("olive")[0].text.split())

    assert "Blood panel Payment request: $45.00" in text
    assert "X-ray" in text
    assert "99.00" not in text
