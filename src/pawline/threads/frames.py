"""Live frames of threads: one encoding for all staff of the clinic, one for all of the family."""

from collections.abc import Sequence

import msgspec

from pawline.platform.actor import Actor
from pawline.platform.db import Database, Hint
from pawline.platform.realtime import Hub
from pawline.threads.access import is_unheard, may_see_thread
from pawline.threads.changes import changes_for_audiences, for_family
from pawline.threads.file_links import FileLinks
from pawline.threads.posting import Post, Stored
from pawline.threads.staff_draft_frames import StaffDraftFrames
from pawline.threads.views import Changes, ConversationView, MessageView

_encode = msgspec.json.Encoder().encode


class Frames:
    def __init__(self, database: Database, hub: Hub, links: FileLinks) -> None:
        self._database = database
        self._hub = hub
        self._links = links
        hub.on("thread", self.send_changes)
        StaffDraftFrames(hub)

    def send_posted(self, post: Post, stored: Stored, message: MessageView) -> None:
        """The frame of a fresh post, made of what is at hand, without asking the database again."""
        changes = Changes(
            thread_id=post.thread_id,
            clinic_id=stored.clinic_id,
            family_id=stored.family_id,
            after=stored.revision - 1,
            revision=stored.revision,
            last_seq=stored.seq,
            last_message_at=stored.last_message_at,
            messages=[message],
            conversations=_opened(post, stored),
            read_marks=[],
        )
        self._deliver(changes, changes if message.kind == "text" else for_family(changes))
        self._hub.announce(Hint.thread(post.author.practice_id, post.thread_id, after=changes.after))

    async def send_changes(self, hint: Hint) -> None:
        """The frame of whatever changed after the hint's revision; it may hold more than the hint knew."""
        async with self._database.single_statements() as connection:
            both = await changes_for_audiences(
                connection, self._links, practice_id=hint.practice_id, thread_id=hint.id, after=hint.after
            )
        if both is not None:
            self._deliver(*both)

    def _deliver(self, for_clinic: Changes, for_family: Changes) -> None:
        readers = _Readers(for_clinic)
        frame = _encode(for_clinic).decode()
        self._hub.deliver(("clinic", for_clinic.clinic_id), frame, readers.permits)
        if for_family is not for_clinic:
            frame = _encode(for_family).decode()
        self._hub.deliver(("family", for_clinic.family_id), frame, readers.permits)
        if readers.some_must_ask:
            frame = _encode(_nothing_but_news(for_clinic)).decode()
            for topic in (("clinic", for_clinic.clinic_id), ("family", for_clinic.family_id)):
                self._hub.deliver(topic, frame, readers.must_ask)


class _Readers:
    """Who gets a frame. Whoever has blocked an author in it is only told that there is news, and asks for their own share."""

    __slots__ = ("_clinic_id", "_family_id", "_messages", "some_must_ask")

    def __init__(self, changes: Changes) -> None:
        self._clinic_id = changes.clinic_id
        self._family_id = changes.family_id
        self._messages: Sequence[MessageView] = changes.messages
        self.some_must_ask = False

    def permits(self, actor: Actor) -> bool:
        if not may_see_thread(actor, clinic_id=self._clinic_id, family_id=self._family_id):
            return False
        if actor.blocked and self._has_unheard(actor):
            self.some_must_ask = True
            return False
        return True

    def must_ask(self, actor: Actor) -> bool:
        is_reader = may_see_thread(actor, clinic_id=self._clinic_id, family_id=self._family_id)
        return is_reader and bool(actor.blocked) and self._has_unheard(actor)

    def _has_unheard(self, actor: Actor) -> bool:
        return any(
            not each.is_from_shared_number and is_unheard(actor, author_id=each.author_id, written_at=each.created_at)
            for each in self._messages
        )


def _nothing_but_news(changes: Changes) -> Changes:
    """Beginning where it ends, it fits to nothing that a screen knows: the screen asks what changed since its last revision."""
    return msgspec.structs.replace(changes, after=changes.revision, messages=[], conversations=[], read_marks=[])


def _opened(post: Post, stored: Stored) -> list[ConversationView]:
    if stored.opened_title is None:
        return []
    return [
        ConversationView(
            id=stored.conversation_id,
            title=stored.opened_title,
            channel="app",
            revision=stored.revision,
            opened_at=stored.created_at,
            opened_by_name=post.author.name,
            opened_by_kind=post.author.kind,
            ended_at=None,
            ended_by_name=None,
        )
    ]
