import { exactTime } from "$/platform/dates";
import type { MessageView, ReadMarkView } from "$/platform/types";
import { say } from "./english";

/** Who of the other side has read a message, earliest first. */
export function readersOf(message: MessageView, marks: Record<string, ReadMarkView>): ReadMarkView[] {
  return Object.values(marks)
    .filter((mark) => mark.person_kind !== message.author_kind && mark.up_to_seq >= message.seq)
    .sort((a, b) => Date.parse(a.read_at) - Date.parse(b.read_at));
}

/** Per line, who has read it and when exactly. */
export function receiptWords(readers: ReadMarkView[], zone: string): string {
  if (readers.length === 0) return say.sentNotRead;
  return readers.map((mark) => say.readAt(mark.person_name, exactTime(mark.read_at, zone))).join("\n");
}
