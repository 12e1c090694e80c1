import type { MessageView } from "$/platform/types";
import { filesInWords } from "$/threads/file_kinds";

/** One line about the newest message of a thread, for a list. */
export function previewOf(message: MessageView | null, personId: string): string {
  if (message === null) return "Nothing written yet";
  if (message.deleted_at !== null) return message.is_removed ? "Message removed" : "Message deleted";
  const text = message.body.trim() || filesInWords(message.attachments);
  return `${message.author_id === personId ? "You" : message.author_name}: ${text}`;
}
