import type { Refusal } from "$/platform/api";
import type { StoredMessage } from "$/platform/storage";
import type { NewMessage } from "$/platform/types";
import type { PendingMessage } from "./outbox.svelte";

/** As an earlier visit, or another tab, has left it. */
export function waiting(message: StoredMessage): PendingMessage {
  const { question } = message;
  return question === undefined
    ? { ...message, state: "waiting", reason: null, isKept: true, hasWaited: true }
    : { ...message, state: "asked", reason: question, isKept: true, hasWaited: true };
}

/** What of it is worth keeping over a reload. */
export function asWritten(message: PendingMessage): StoredMessage {
  const { state: _, reason: __, isKept: ___, hasWaited: ____, ...written } = message;
  return written;
}

/** What the server is asked to take, once it has the files. */
export function draftOf(message: StoredMessage, attachment_ids: string[]): NewMessage {
  const { client_id, body, kind, pet_ids } = message;
  return {
    client_id,
    body,
    kind,
    pet_ids,
    attachment_ids,
    text_conversation_id: message.text_conversation_id ?? null,
    seen_up_to: message.seen_up_to ?? null,
    anyway: message.anyway ?? false,
    mention_ids: message.mention_ids ?? [],
    payment: message.payment ?? null,
  };
}

/** Whether the server may no longer have the files that were uploaded while the message was written. */
export function mayBeForgotten(message: PendingMessage, problem: Refusal): boolean {
  const wereThere = message.files.some((file) => file.attachment_id !== null);
  return wereThere && problem.status === 422 && "attachment_ids" in problem.fieldErrors;
}
