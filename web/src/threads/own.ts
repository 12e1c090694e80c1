import type { MessageView } from "$/platform/types";

/** Written by this person. A text from a number of several people is nobody's own: its author only stands for them. */
export function isOwn(message: MessageView, personId: string): boolean {
  return message.author_id === personId && !message.is_from_shared_number;
}
