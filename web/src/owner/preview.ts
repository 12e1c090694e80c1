import type { MessageView } from "$/platform/types";
import { filesInWords } from "$/threads/file_kinds";
import { isOwn } from "$/threads/own";
import { say } from "./english";

/** One line about the newest message of a thread, for a list. */
export function previewOf(message: MessageView | null, personId: string): string {
  if (message === null) return say.nothingWritten;
  if (message.deleted_at !== null) return message.is_removed ? say.messageRemoved : say.messageDeleted;
  const text = message.body.trim() || filesInWords(message.attachments);
  return say.wrote(isOwn(message, personId) ? say.youWrote : message.author_name, text);
}
