/** Who answers a conversation, and what that is to the person at the screen. Pure. */
import { type Moment, offWordsOf, TOLD_LATER } from "$/duty/words";
import type { ConversationView } from "$/platform/types";
import type { Assignment, HandedRole, HandOffChoices, Target } from "./api";

export type Reader = { id: string; role: string | null };
export type Choice = {
  key: string;
  target: Target;
  name: string;
  detail: string;
  avatarId: string | null;
  off?: string;
  isMailRefused?: boolean;
  /** Another clinic of the practice; the family can write to it in the app or not. */
  elsewhere?: { isConnected: boolean };
};

const ROLES: Record<HandedRole, string> = {
  senior: "Senior staff",
  administrator: "Administrators",
  practice_owner: "Practice owners",
};
const OWN_ROLES: Record<string, string> = {
  basic: "Basic staff",
  senior: "Senior staff",
  administrator: "Administrator",
  practice_owner: "Practice owner",
};

/** Null while it is everybody's, or after it was given back. */
export function assignmentOf(conversation: ConversationView | null): Assignment | null {
  const found = conversation?.ended_at === null ? conversation.assignment : null;
  if (!found) return null;
  return found.staff_id !== null || found.clinic_id !== null || found.role !== null ? found : null;
}

export function isMine(conversation: ConversationView | null, me: string): boolean {
  return assignmentOf(conversation)?.staff_id === me;
}

/** By a colleague, to me or to all of my role or of the thread's clinic, and taken by nobody yet. */
export function isHandedTo(conversation: ConversationView | null, reader: Reader, clinicId: string): boolean {
  const found = assignmentOf(conversation);
  if (found === null || found.by_id === reader.id) return false;
  return (
    found.staff_id === reader.id || found.clinic_id === clinicId || (found.role !== null && found.role === reader.role)
  );
}

export function nameOf(assignment: Assignment, me: string): string {
  if (assignment.staff_id === me) return "You";
  if (assignment.role !== null) return ROLES[assignment.role];
  return assignment.staff_name ?? `Everybody at ${assignment.clinic_name ?? "the clinic"}`;
}

function personChoice(person: HandOffChoices["people"][number], moment: Moment): Choice {
  const { staff_id, name, job_title, role, needs_grant, is_mail_refused } = person;
  const off = offWordsOf(person, moment);
  const grant = needs_grant ? "sees this family until midnight" : "";
  const detail = [job_title || OWN_ROLES[role], grant, off === null ? "" : TOLD_LATER].filter(Boolean).join(" · ");
  return {
    key: staff_id,
    target: { staff_id },
    name,
    detail,
    avatarId: staff_id,
    ...(off === null ? {} : { off }),
    ...(is_mail_refused && { isMailRefused: true }),
  };
}

/** People first, then the clinic's team, roles and other clinics; only those of whose words one begins as typed. */
export function choicesFor(query: string, choices: HandOffChoices, moment: Moment): Choice[] {
  const { people, clinics, roles, elsewhere } = choices;
  const all: Choice[] = [
    ...people.map((each) => personChoice(each, moment)),
    ...clinics.map((each) => ({
      key: each.clinic_id,
      target: { clinic_id: each.clinic_id },
      name: `Everybody at ${each.name}`,
      detail: "Whoever takes it first",
      avatarId: null,
    })),
    ...roles.map((each) => ({
      key: each.role,
      target: { role: each.role },
      name: ROLES[each.role],
      detail: each.names.join(", "),
      avatarId: null,
    })),
    ...elsewhere.map((each) => ({
      key: each.clinic_id,
      target: { clinic_id: each.clinic_id },
      name: each.name,
      detail: "Another clinic · goes on in a thread of its own",
      avatarId: null,
      elsewhere: { isConnected: each.is_connected },
    })),
  ];
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const begins = (text: string, word: string) =>
    text
      .toLowerCase()
      .split(/[\s,]+/)
      .some((each) => each.startsWith(word));
  return all.filter(({ name, detail }) => words.every((word) => begins(`${name} ${detail}`, word)));
}
