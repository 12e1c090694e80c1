"""Who may do what. Routes name a permission; ``docs/permissions.md`` is made from this table."""

from dataclasses import dataclass
from enum import Enum

from pawline.platform.actor import Actor, Role
from pawline.platform.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True)
class Grant:
    """``lowest_role`` None: no staff member may. ``for_family``: may a primary or secondary contact?

    ``needs_proof``: what a contact changes by it opens the family to others, so whoever does it has just proven who they are.
    """

    words: str
    lowest_role: Role | None
    for_family: bool = False
    needs_proof: bool = False


class Permission(Enum):
    USE_OWN_SESSION = Grant("Sign out, list and end one's own sessions", Role.BASIC, for_family=True)
    READ_THREAD = Grant("Read a visible thread, its files, live changes and family", Role.BASIC, for_family=True)
    SEE_BESIDE = Grant("See the threads of a visible family with other clinics, as far as one may see those", Role.BASIC)
    POST_MESSAGE = Grant("Write in a visible thread, send files, delete own messages", Role.BASIC, for_family=True)
    USE_SHARED_DESK = Grant("Share a computer with colleagues, lock it and unlock it with a PIN of one's own", Role.BASIC)
    PROVE_AGAIN = Grant("Prove once more who one is, before what opens the family to others", None, for_family=True)
    REPORT_AND_BLOCK = Grant("Report messages of others, block people for oneself and unblock them", Role.BASIC, for_family=True)
    SEE_OWN_PETS = Grant("See the pets of one's own family", None, for_family=True)
    CONNECT_PETS = Grant("Connect the pets of one's own family to a clinic by its code", None, for_family=True)
    SWITCH_PRACTICE = Grant("See one's own pets at one's other practices, and go on there", None, for_family=True)
    FIND_A_VET = Grant("Add pets, ask clinics of the practice to connect them, invite another vet for one", None, for_family=True)
    CHANGE_PET = Grant("Correct what is known of a pet, and choose the picture it is known by", Role.SENIOR, for_family=True)
    SAY_PET_DIED = Grant("Say that a pet has died, when, and take it back", Role.SENIOR, for_family=True)
    OWN_PASSKEYS = Grant("See, add and remove one's own passkeys", None, for_family=True, needs_proof=True)
    INVITE_TO_FAMILY = Grant("See, send and withdraw invitations into one's own family", None, for_family=True, needs_proof=True)
    ACCEPT_APP_TERMS = Grant("Read and accept what messaging in the app is and is not", None, for_family=True)
    SET_OWN_NOTIFICATIONS = Grant("Choose how one is told about new messages", None, for_family=True)
    BE_PUSHED = Grant("Be told by one's own browsers of what waits for oneself", Role.BASIC)
    CHANGE_OWN_PROFILE = Grant("Change one's own name, job title and, with one's password, e-mail address", Role.BASIC)
    OWN_SIGN_IN = Grant("See, add and remove, with one's password, what else one signs in with", Role.BASIC)
    SET_OWN_DUTY = Grant("Go off duty oneself and come back", Role.BASIC)
    SEE_AVAILABILITY = Grant("See whether a clinic is available, away or off duty", Role.SENIOR, for_family=True)
    SEE_VISITS = Grant("See the visits of one's own family, confirm them or ask to move them", None, for_family=True)
    SEE_SCHEDULE = Grant("See one's own appointments of today; from senior staff on, every day of one's clinics", Role.BASIC)
    CHANGE_SCHEDULE = Grant("Book, change and cancel appointments", Role.SENIOR)
    SET_AVAILABILITY = Grant("Set a clinic to away or off duty by hand", Role.SENIOR)
    WRITE_NOTE = Grant("Write and read notes, which the family never sees", Role.BASIC)
    ASK_FOR_PAYMENT = Grant("Ask the family of a visible thread for a payment, and cancel it while it is unpaid", Role.BASIC)
    PAY = Grant("Pay what a clinic asks one's own family for", None, for_family=True)
    KEEP_DRAFTS = Grant("Keep what one has begun to write in visible threads, for oneself", Role.BASIC)
    MARK_UNREAD = Grant("Let what one has read in a visible thread stand as unread, for oneself", Role.BASIC)
    TRIAGE = Grant("Mark conversations of visible threads urgent, and put labels on them", Role.BASIC)
    TAG_MESSAGE = Grant("Say which pets a message is about, afterwards", Role.BASIC)
    START_CONVERSATION = Grant("Open a visible thread and start a conversation; basic staff with today's families", Role.BASIC)
    RUN_CONVERSATION = Grant("Rename, end and restart conversations", Role.SENIOR)
    SNOOZE = Grant("Let conversations sleep until later, and wake them", Role.SENIOR)
    GET_DAY_END = Grant("Choose whether to get the list of open conversations at the end of the day", Role.SENIOR)
    TAKE_TRANSCRIPT = Grant("Download a conversation, or send it to a contact of the family by e-mail", Role.SENIOR)
    TAKE_TEAM_TRANSCRIPT = Grant("Download a conversation with its internal notes", Role.ADMINISTRATOR)
    HAND_OFF = Grant("Take conversations, hand them off and give them back; basic staff only their own", Role.BASIC)
    FIND_FAMILIES = Grant("Search the families one may see, their people, pets, e-mail addresses and numbers", Role.BASIC)
    USE_INBOX = Grant("Open the inbox of one's clinics and search families", Role.SENIOR)
    SEE_TEXTING = Grant("See at which numbers a visible thread can be texted and what became of a text, try it again", Role.BASIC)
    OPT_OUT = Grant("Opt a client out of messages by text, in an open conversation", Role.BASIC)
    SEE_CONSENT = Grant("See clients, what their numbers get by text, and the support file of a text", Role.SENIOR)
    CHANGE_CONSENT = Grant("Opt a client out of texts and back in", Role.SENIOR)
    SEND_REMINDER = Grant("Text a client a reminder or ask for an appointment to be confirmed, and see those sent", Role.SENIOR)
    EDIT_CONTACT = Grant("Correct a client's name, e-mail and phone number", Role.SENIOR)
    INVITE_CONTACT = Grant("Invite a client to the app, see and withdraw such invitations", Role.SENIOR)
    ADD_FAMILY = Grant("Add a family with its contacts and pets", Role.SENIOR)
    ANSWER_CONNECTIONS = Grant("Connect pets to a clinic, answer owners who ask for it or invite the vet", Role.SENIOR)
    END_CONNECTION = Grant("End the connection of a pet with a clinic", Role.SENIOR, for_family=True)
    MERGE_FAMILIES = Grant("Make one family of two, with their threads", Role.ADMINISTRATOR)
    MANAGE_TEAM = Grant(
        "See the team, invite staff members, change those not above oneself, end the access of those at one's own clinics "
        "and let them back in",
        Role.ADMINISTRATOR,
    )
    CHANGE_ROLES = Grant("Give a staff member another role", Role.PRACTICE_OWNER)
    MANAGE_LABELS = Grant("Add, change and delete the practice's labels", Role.ADMINISTRATOR)
    RESOLVE_REPORTS = Grant("See reported messages, resolve them, block contacts for the practice", Role.ADMINISTRATOR)
    READ_DELETED = Grant("Read what a deleted message said, alone or in a transcript, which is recorded", Role.ADMINISTRATOR)
    ERASE_MESSAGE = Grant("Erase a deleted message for good, which is recorded with the reason", Role.ADMINISTRATOR)
    ERASE_FAMILY = Grant("Erase all that is kept of a family for good, which is recorded with the reason", Role.ADMINISTRATOR)
    SEE_ACCESS = Grant("See who could read a thread on a day and why, and who opened it", Role.ADMINISTRATOR)
    DISABLE_CHAT = Grant("Disable app chat for single clients and enable it again", Role.ADMINISTRATOR)
    CHOOSE_FOR_CHAT = Grant("Choose the clients with whom a clinic chats, where its chat is not for all", Role.ADMINISTRATOR)
    MANAGE_CLINIC = Grant(
        "Change a clinic's name, numbers and the link by which families join, and switch app chat on and off", Role.ADMINISTRATOR
    )
    MANAGE_TEXTING = Grant("See text numbers, change hours and automatic words", Role.ADMINISTRATOR)
    MANAGE_NUMBERS = Grant("Ask for text numbers and switch texting on and off", Role.PRACTICE_OWNER)

    def require(self, actor: Actor) -> None:
        """Raise NotFound when this is not of the actor's side at all, Forbidden when the role is too low."""
        if not actor.is_staff:
            if not self.value.for_family:
                raise NotFound
            return
        lowest, role = self.value.lowest_role, actor.role
        if lowest is None or role is None:
            raise NotFound
        if not role.is_at_least(lowest):
            raise Forbidden(
                f"Your role does not include this: {self.value.words.lower()}. Ask an administrator of your practice."
            )

    def allows(self, actor: Actor) -> bool:
        try:
            self.require(actor)
        except (NotFound, Forbidden):
            return False
        return True
