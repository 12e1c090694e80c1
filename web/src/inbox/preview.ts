import { say } from "$/payments/english";
import { money } from "$/payments/money";
import type { InboxRow, MessageView } from "$/platform/types";
import { filesInWords } from "$/threads/file_kinds";
import { isOwn } from "$/threads/own";

/** The line under a family's name: who said what last. */
export function previewOf(row: InboxRow, me: string): { who: string; what: string } | null {
  const last = row.last_message;
  return last === null ? null : { who: whoOf(last, me), what: whatOf(last) };
}

/** Lines for the team speak for themselves. */
function whoOf(message: MessageView, me: string): string {
  if (message.kind === "reminder_copy") return "Reminder";
  if (message.kind === "system") return "";
  return isOwn(message, me) ? "You" : firstName(message.author_name);
}

/** `Dr Vane` stays whole: a title alone would name nobody. So does a number, for somebody without a name. */
export function firstName(name: string): string {
  if (name.startsWith("+")) return name;
  const [first = "", second] = name.split(" ");
  return /^(dr|mr|mrs|ms|prof)\.?$/i.test(first) && second ? `${first} ${second}` : first;
}

function whatOf(message: MessageView): string {
  if (message.deleted_at !== null) return message.is_removed ? "Message removed" : "Message deleted";
  if (message.payment) return say.asked(money(message.payment.amount_minor, message.payment.currency));
  const words = message.body.replace(/\s+/g, " ").trim();
  if (message.files_waiting > 0) return words === "" ? "Photo" : words;
  if (message.attachments.length === 0) return words;
  const files = filesInWords(message.attachments);
  return words === "" ? files : `${files} · ${words}`;
}
