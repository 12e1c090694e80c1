import type { MessageView } from "$/platform/types";

/** One line about the newest message of a thread, for a list. */
export function previewOf(message: MessageView | null, personId: string): string {
  if (message === null) return "Nothing written yet";
  if (message.deleted_at !== null) return "Message deleted";
  const text = message.body.trim() || filesIn(message);
  return `${message.author_id === personId ? "You" : message.author_name}: ${text}`;
}

function filesIn({ attachments }: MessageView): string {
  const photos = attachments.filter(({ media_type }) => media_type.startsWith("image/")).length;
  if (photos === 0) return "PDF";
  return photos === 1 ? "Photo" : `${photos} photos`;
}
