"""The queue of the team: what waits, newest first, and what is unread for each person."""

from pawline.inbox.tests.scene import add_family, families_in_order, inbox, row_of
from pawline.threads.tests.scene import delete, post_many, post_note
from tests.world import Json, World


async def test_the_thread_with_the_latest_message_is_on_top(world: World) -> None:
    """PPB-20: whoever of either side wrote it."""
    orders: list[list[str]] = []
    for writer, thread_id in ((world.olive, world.thread_id), (world.kim, world.other_thread_id), (world.nora, world.thread_id)):
        await writer.post_text(thread_id, "Hello")
        orders.append(await families_in_order(world.vane))

    assert [["Hart family", "Sato family"], ["Sato family", "Hart family"], ["Hart family", "Sato family"]] == orders


async def test_notes_and_other_inner_acts_move_no_thread_up(world: World) -> None:
    """PPB-20 is about messages: I12's internal actions are none."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    before = await row_of(world.vane, world.thread_id)
    await post_note(world.nora, world.thread_id)
    await delete(world.olive, world.thread_id, message)
    await world.nora.read_up_to(world.thread_id, 1)
    await world.nora.send("POST", f"/threads/{world.thread_id}/conversations/{message['conversation_id']}/end")
    after = await row_of(world.vane, world.thread_id)

    assert ["Sato family", "Hart family"] == await families_in_order(world.vane)
    assert before["last_message_at"] == after["last_message_at"]


async def test_a_row_shows_the_family_its_pets_and_the_last_message(world: World) -> None:
    """PPB-11: a row is a family. PPB-14: the last message names its author."""
    message = await world.omar.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
    row = await row_of(world.nora, world.thread_id)

    assert ("Hart family", ["Olive Hart", "Omar Hart", "Otto Hart"]) == (row["family_name"], row["contact_names"])
    assert [{"id": world.pixel_id, "name": "Pixel", "species": "dog"}] == row["pets"]
    assert (message, message["conversation_id"]) == (row["last_message"], row["conversation"]["id"])
    assert (world.family_id, world.clinic_id) == (row["family_id"], row["clinic_id"])
    assert (1, 1) == (row["revision"], row["last_seq"])


async def test_a_parents_message_makes_dots_on_the_tab_and_on_the_thread(world: World) -> None:
    """PPB-18: the tab's count rises when a parent responds. PPB-19: the thread's row has something unread."""
    counts = [(await inbox(world.nora))["unread_threads"]]
    await world.olive.post_text(world.thread_id, "Pixel is limping", pet_ids=[world.pixel_id])
    await world.olive.post_text(world.thread_id, "Still")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    counts.append((await inbox(world.nora))["unread_threads"])
    unread = (await row_of(world.nora, world.thread_id))["unread"]
    await world.nora.read_up_to(world.thread_id, 2)
    counts.append((await inbox(world.nora))["unread_threads"])

    assert [0, 2, 1] == counts
    assert [{"seq": 2, "pet_ids": []}, {"seq": 1, "pet_ids": [world.pixel_id]}] == sorted(unread, key=lambda each: -each["seq"])
    assert [] == (await row_of(world.nora, world.thread_id))["unread"]


async def test_the_dots_are_of_each_person(world: World) -> None:
    """PPB-21: a colleague's reading leaves the dot for me. C2: staff see a dot while their own count is above 0."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.vane.read_up_to(world.thread_id, 1)

    assert (1, 0) == tuple([(await inbox(person))["unread_threads"] for person in (world.nora, world.vane)])
    assert ([1], []) == tuple(
        [[each["seq"] for each in (await row_of(person, world.thread_id))["unread"]] for person in (world.nora, world.vane)]
    )


async def test_own_messages_and_notes_make_no_dot(world: World) -> None:
    """PPB-18 and I12: only what others wrote to me."""
    await world.nora.post_text(world.thread_id, "How is Pixel?")
    await post_note(world.vane, world.thread_id)

    assert 0 == (await inbox(world.nora))["unread_threads"]
    assert [] == (await row_of(world.nora, world.thread_id))["unread"]


async def test_the_queue_and_the_thread_agree_on_what_is_unread(world: World) -> None:
    """I12: one source for list and thread, the newest hundred of it."""
    await post_many(world.olive, world.thread_id, 102)
    in_thread = (await world.nora.thread(world.thread_id))["unread"]
    in_queue = (await row_of(world.nora, world.thread_id))["unread"]

    assert (100, 102) == (len(in_queue), max(each["seq"] for each in in_queue))
    assert in_thread == in_queue


async def test_the_row_says_how_far_the_family_has_read(world: World) -> None:
    """C3: by whoever of the family has read furthest; the team's own marks are none."""
    for body in ("How is Pixel?", "Still limping?"):
        await world.nora.post_text(world.thread_id, body)
    await world.vane.read_up_to(world.thread_id, 2)
    reached = [(await row_of(world.nora, world.thread_id))["read_by_other_side_seq"]]
    await world.olive.read_up_to(world.thread_id, 2)
    await world.omar.read_up_to(world.thread_id, 1)
    reached.append((await row_of(world.nora, world.thread_id))["read_by_other_side_seq"])

    assert [0, 2] == reached


async def test_filters_show_open_ended_and_unread_threads(world: World) -> None:
    """V2P-92: ended conversations are not among the active ones."""
    message = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await world.nora.send("POST", f"/threads/{world.thread_id}/conversations/{message['conversation_id']}/end")
    await world.nora.read_up_to(world.other_thread_id, 1)
    shown = {state: await families_in_order(world.nora, state=state) for state in ("open", "ended", "unread", "all")}

    assert {
        "open": ["Sato family"],
        "ended": ["Hart family"],
        "unread": ["Hart family"],
        "all": ["Sato family", "Hart family"],
    } == shown


async def test_whoever_waits_longest_for_an_answer_stands_first(world: World) -> None:
    """PA-27: since their first message that no staff member has answered; writing again moves nobody back."""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    await world.olive.post_text(world.thread_id, "Still limping")
    answered = await add_family(world, "Moss", "Fern")
    await world.nora.post_text(answered["thread_id"], "How is Fern?")
    waiting = (await inbox(world.nora, state="waiting"))["rows"]
    first = (await world.olive.thread(world.thread_id))["messages"][0]

    assert ["Hart family", "Sato family"] == [row["family_name"] for row in waiting]
    assert first["created_at"] == waiting[0]["waiting_since"]

    await post_note(world.nora, world.thread_id)
    assert ["Hart family", "Sato family"] == await families_in_order(world.nora, state="waiting"), "a note is no answer"
    await world.nora.post_text(world.thread_id, "Bring her in")
    assert ["Sato family"] == await families_in_order(world.nora, state="waiting")
    await world.olive.post_text(world.thread_id, "When?")
    assert ["Sato family", "Hart family"] == await families_in_order(world.nora, state="waiting")
    conversation = (await row_of(world.nora, world.other_thread_id))["conversation"]
    await world.nora.send("POST", f"/threads/{world.other_thread_id}/conversations/{conversation['id']}/end")
    assert ["Hart family"] == await families_in_order(world.nora, state="waiting"), "whoever's conversation ended waits no more"


async def test_every_order_says_since_when_a_family_waits(world: World) -> None:
    """PA-27: from their first unanswered message, whatever notes come after it; once it is answered or ended, no more."""
    first = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.olive.post_text(world.thread_id, "Hello?")
    await post_note(world.nora, world.thread_id)
    seen = [(await row_of(world.nora, world.thread_id))["waiting_since"]]
    await world.nora.post_text(world.thread_id, "Bring her in")
    seen.append((await row_of(world.nora, world.thread_id))["waiting_since"])
    again = await world.olive.post_text(world.thread_id, "When?")
    seen.append((await row_of(world.nora, world.thread_id))["waiting_since"])
    await world.nora.send("POST", f"/threads/{world.thread_id}/conversations/{again['conversation_id']}/end")
    ended = [row["waiting_since"] for row in (await inbox(world.nora, state="ended"))["rows"]]

    assert [first["created_at"], None, again["created_at"]] == seen
    assert {None} == set(ended)


async def test_an_answer_that_was_taken_back_is_none(world: World) -> None:
    """PA-27: written to the wrong family, so these wait as long as they did before."""
    asked = await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.nora.post_text(world.thread_id, "Is Mochi still sneezing?")
    wrong = (await world.nora.thread(world.thread_id))["messages"][-1]
    answered = (await row_of(world.nora, world.thread_id))["waiting_since"]
    deleted = await world.nora.send("DELETE", f"/threads/{world.thread_id}/messages/{wrong['id']}")

    assert (None, 200) == (answered, deleted.status_code)
    assert asked["created_at"] == (await row_of(world.nora, world.thread_id))["waiting_since"]
    assert ["Hart family"] == await families_in_order(world.nora, state="waiting")


async def test_the_waiting_come_in_pages(world: World) -> None:
    """PA-27"""
    await world.olive.post_text(world.thread_id, "Pixel is limping")
    await world.kim.post_text(world.other_thread_id, "Mochi sneezes")
    first = await inbox(world.nora, state="waiting", limit=1)
    second = await inbox(world.nora, state="waiting", limit=1, cursor=first["next_cursor"])

    assert ["Hart family", "Sato family"] == [page["rows"][0]["family_name"] for page in (first, second)]
    assert None is second["next_cursor"]


async def test_pages_hold_every_thread_once(world: World) -> None:
    await _many_families(world)
    everything = (await inbox(world.nora))["rows"]
    paged: list[Json] = []
    answer = await inbox(world.nora, limit=2)
    while True:
        paged += answer["rows"]
        if answer["next_cursor"] is None:
            break
        answer = await inbox(world.nora, limit=2, cursor=answer["next_cursor"])

    assert 7 == len(everything)
    assert everything == paged


async def test_pages_stay_whole_while_messages_arrive(world: World) -> None:
    """PPB-20: a thread that moves up meanwhile is missing further down, and nothing else is; none comes twice."""
    added = await _many_families(world)
    order = await families_in_order(world.nora)
    first = await inbox(world.nora, limit=3)
    await world.nora.post_text(added[0]["thread_id"], "Moving up from far below")
    await world.nora.post_text(first["rows"][1]["thread_id"], "Moving up from the first page")
    second = await inbox(world.nora, limit=50, cursor=first["next_cursor"])
    shown = [row["family_name"] for row in first["rows"] + second["rows"]]

    assert [name for name in order if name != "Family0 family"] == shown


async def test_a_question_that_cannot_be_is_refused(world: World) -> None:
    questions = ("cursor=nonsense", "limit=0", "limit=101", "state=lost", f"q={'x' * 101}")
    answers = {question: (await world.nora.http.get(f"/inbox?{question}")).status_code for question in questions}

    assert dict.fromkeys(questions, 422) == answers


async def _many_families(world: World) -> list[Json]:
    """Five more with a message each, the oldest first."""
    added = [await add_family(world, f"Family{number}", "Rex") for number in range(5)]
    for family in added:
        await world.nora.post_text(family["thread_id"], "Welcome")
    return added


async def test_who_may_answer_is_everybody_of_ones_clinics(world: World) -> None:
    """V2P+7: seen to answer already or not; not those of other clinics, for whoever does not see these, nor who has left."""
    of_nora = (await world.nora.get("/inbox/team")).json()["people"]
    of_helen = (await world.helen.get("/inbox/team")).json()["people"]

    assert ["Ada Lind", "Dr Sam Vane", "Helen Marsh", "Nora Ames", "Toby Reyes"] == [each["name"] for each in of_nora]
    assert {"Hal Ortiz"} == {each["name"] for each in of_helen} - {each["name"] for each in of_nora}
    assert [403, 404] == [(await who.get("/inbox/team")).status_code for who in (world.toby, world.olive)]
