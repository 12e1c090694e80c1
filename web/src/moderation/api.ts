import { answerOf, client } from "$/platform/api";
import type { ClientView } from "$/texting/thread_types";
import type {
  Block,
  ChosenContactPage,
  DeletedReading,
  DisabledChatPage,
  FamilyErasure,
  HeldTextPage,
  Outcome,
  PracticeBlock,
  Reason,
  Report,
  ReportPage,
  ReportState,
} from "./types";

const person = (person_id: string) => ({ params: { path: { person_id } } });
const contact = (contact_id: string) => ({ params: { path: { contact_id } } });
const atClinic = (clinic_id: string, contact_id: string) => ({ params: { path: { clinic_id, contact_id } } });

/** Reporting a message again changes nothing. */
export async function reportMessage(
  message: { threadId: string; id: string },
  body: { reason: Reason; words: string },
): Promise<void> {
  const path = { thread_id: message.threadId, message_id: message.id };
  await answerOf(client.POST("/api/v1/threads/{thread_id}/messages/{message_id}/report", { params: { path }, body }));
}

/** Each call is one reading on record. */
export function readDeleted(threadId: string, messageId: string): Promise<DeletedReading> {
  const path = { thread_id: threadId, message_id: messageId };
  const url = "/api/v1/threads/{thread_id}/messages/{message_id}/deleted-readings";
  return answerOf(client.POST(url, { params: { path } }));
}

/** Nothing brings it back. Erasing again changes nothing. */
export async function eraseMessage(threadId: string, messageId: string, reason: string): Promise<void> {
  const path = { thread_id: threadId, message_id: messageId };
  const url = "/api/v1/threads/{thread_id}/messages/{message_id}/erasure";
  await answerOf(client.POST(url, { params: { path }, body: { confirmation: "ERASE", reason } }));
}

const family = (family_id: string) => ({ params: { path: { family_id } } });

/** `null`: nobody has asked for one. */
export async function getFamilyErasure(familyId: string): Promise<FamilyErasure | null> {
  return (await answerOf(client.GET("/api/v1/families/{family_id}/erasure", family(familyId)))).erasure;
}

/** Nothing brings it back. Erasing again changes nothing. */
export const eraseFamily = (familyId: string, body: { family_name: string; reason: string }): Promise<FamilyErasure> =>
  answerOf(client.POST("/api/v1/families/{family_id}/erasure", { ...family(familyId), body }));

export async function getBlocks(): Promise<Block[]> {
  return (await answerOf(client.GET("/api/v1/blocks"))).blocks;
}

export const blockPerson = (personId: string): Promise<Block> =>
  answerOf(client.POST("/api/v1/people/{person_id}/block", person(personId)));

export async function unblockPerson(personId: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/people/{person_id}/block", person(personId)));
}

export function getReports(query: { state: ReportState; limit: number; cursor: string | null }): Promise<ReportPage> {
  const { cursor, ...asked } = query;
  return answerOf(client.GET("/api/v1/reports", { params: { query: { ...asked, ...(cursor && { cursor }) } } }));
}

export const resolveReport = (report_id: string, body: { outcome: Outcome; words: string }): Promise<Report> =>
  answerOf(client.POST("/api/v1/reports/{report_id}/resolve", { params: { path: { report_id } }, body }));

/** The newest hundred: a practice that blocks more has another trouble. */
export async function getPracticeBlocks(): Promise<PracticeBlock[]> {
  return (await answerOf(client.GET("/api/v1/practice-blocks", { params: { query: { limit: 100 } } }))).blocks;
}

export const blockForPractice = (contactId: string, reason: string): Promise<PracticeBlock> =>
  answerOf(client.POST("/api/v1/contacts/{contact_id}/practice-block", { ...contact(contactId), body: { reason } }));

export const blockNumber = (body: { contact_number: string; reason: string }): Promise<PracticeBlock> =>
  answerOf(client.POST("/api/v1/practice-blocks", { body }));

export async function liftPracticeBlock(block_id: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/practice-blocks/{block_id}", { params: { path: { block_id } } }));
}

export function getHeldTexts(block_id: string, cursor: string | null): Promise<HeldTextPage> {
  const params = { path: { block_id }, query: { limit: 25, ...(cursor && { cursor }) } };
  return answerOf(client.GET("/api/v1/practice-blocks/{block_id}/held", { params }));
}

export function getDisabledChats(cursor: string | null): Promise<DisabledChatPage> {
  return answerOf(client.GET("/api/v1/disabled-chats", { params: { query: cursor === null ? {} : { cursor } } }));
}

export const disableChat = (contactId: string): Promise<ClientView> =>
  answerOf(client.PUT("/api/v1/contacts/{contact_id}/disabled-chat", contact(contactId)));

export const enableChat = (contactId: string): Promise<ClientView> =>
  answerOf(client.DELETE("/api/v1/contacts/{contact_id}/disabled-chat", contact(contactId)));

export function getChosenContacts(clinic_id: string, cursor: string | null): Promise<ChosenContactPage> {
  const params = { path: { clinic_id }, query: cursor === null ? {} : { cursor } };
  return answerOf(client.GET("/api/v1/clinics/{clinic_id}/chosen-contacts", { params }));
}

export const chooseForChat = (clinic_id: string, contact_id: string): Promise<ClientView> =>
  answerOf(client.PUT("/api/v1/clinics/{clinic_id}/chosen-contacts/{contact_id}", atClinic(clinic_id, contact_id)));

export const unchooseForChat = (clinic_id: string, contact_id: string): Promise<ClientView> =>
  answerOf(client.DELETE("/api/v1/clinics/{clinic_id}/chosen-contacts/{contact_id}", atClinic(clinic_id, contact_id)));
