import { answerOf, client } from "$/platform/api";
import type {
  ClientPage,
  QueuedReminder,
  ReminderChoices,
  ReminderDraft,
  ReminderPage,
  ReminderPreview,
} from "./types";

const at = (contact_id: string) => ({ path: { contact_id } });

export function getClients(q: string, after: string | null): Promise<ClientPage> {
  const query = { ...(q && { q }), ...(after && { after }), limit: 40 };
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
