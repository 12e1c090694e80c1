import type { StoredMessage } from "$/platform/storage";
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
