import type { InboxRow, MessageView } from "$/platform/types";

/** The line under a family's name: who said what last. */
export function previewOf(row: InboxRow, me: string): { who: string; what: string } | null {
  const last = row.last_message;
  return last === null
    ? null
    : { who: last.author_id === me ? "You" : firstName(last.author_name), what: whatOf(last) };
}

/** `Dr Vane` stays whole: a title alone would name nobody. */
export function firstName(name: string): string {
  const [first = "", second] = name.split(" ");
  return /^(dr|mr|mrs|ms|prof)\.?$/i.test(first) && second ? `${first} ${second}` : first;
}

function whatOf(message: MessageView): string {
  if (message.deleted_at !== null) return "Message deleted";
  const words = message.body.replace(/\s+/g, " ").trim();
  if (message.attachments.length === 0) return words;
  const isPhoto = message.attachments.some((each) => each.thumbnail_url !== null);
  const count = message.attachments.length;
  const kind = isPhoto ? (count === 1 ? "Photo" : `${count} photos`) : count === 1 ? "File" : `${count} files`;
  return words === "" ? kind : `${kind} · ${words}`;
}
