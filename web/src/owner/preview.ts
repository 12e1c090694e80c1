import { say as payments } from "$/payments/english";
import { money } from "$/payments/money";
import type { MessageView } from "$/platform/types";
import { filesInWords } from "$/threads/file_kinds";
import { isOwn } from "$/threads/own";
import { say } from "./english";

/** One line about the newest message of a thread, for a list. */
export function previewOf(message: MessageView | null, personId: string): string {
  if (message === null) return say.nothingWritten;
  if (message.deleted_at !== null) return message.is_removed ? say.messageRemoved : say.messageDeleted;
  const { payment } = message;
  const asked = payment ? payments.asked(money(payment.amount_minor, payment.currency)) : "";
  const text = asked || message.body.trim() || filesInWords(message.attachments);
  return say.wrote(isOwn(message, personId) ? say.youWrote : message.author_name, text);
}
