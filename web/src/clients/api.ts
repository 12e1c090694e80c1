import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type {
  ClientPage,
  QueuedReminder,
  ReminderChoices,
  ReminderDraft,
  ReminderPage,
  ReminderPreview,
} from "./types";

export type ClientMail = components["schemas"]["ContactMailView"];

const at = (contact_id: string) => ({ path: { contact_id } });

/** With a clinic only those whom it has to do with. */
export function getClients(q: string, after: string | null, clinicId: string | null): Promise<ClientPage> {
  const query = { ...(q && { q }), ...(after && { after }), ...(clinicId && { clinic_id: clinicId }), limit: 40 };
  return answerOf(client.GET("/api/v1/contacts", { params: { query } }));
}

export const getChoices = (id: string): Promise<ReminderChoices> =>
  answerOf(client.GET("/api/v1/contacts/{contact_id}/reminders/choices", { params: at(id) }));

export function getReminders(id: string, before: string | null): Promise<ReminderPage> {
  const query = before === null ? {} : { before };
  return answerOf(client.GET("/api/v1/contacts/{contact_id}/reminders", { params: { ...at(id), query } }));
}

/** The exact words; nothing is stored. */
export function previewReminder(id: string, draft: ReminderDraft, signal: AbortSignal): Promise<ReminderPreview> {
  const { appointment_at, service = "", ...rest } = draft;
  const query = { ...rest, service, ...(appointment_at && { appointment_at }) };
  const params = { ...at(id), query };
  return answerOf(client.GET("/api/v1/contacts/{contact_id}/reminders/preview", { params, signal }));
}

export function sendReminder(id: string, body: ReminderDraft, key: string): Promise<QueuedReminder> {
  const params = { ...at(id), header: { "Idempotency-Key": key } };
  return answerOf(client.POST("/api/v1/contacts/{contact_id}/reminders", { params, body }));
}

/** Whether e-mails reach them. */
export const getMail = (id: string): Promise<ClientMail> =>
  answerOf(client.GET("/api/v1/contacts/{contact_id}/mail", { params: at(id) }));

export const tryMailAgain = (id: string): Promise<ClientMail> =>
  answerOf(client.POST("/api/v1/contacts/{contact_id}/mail/try-again", { params: at(id) }));
