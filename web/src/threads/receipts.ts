import { exactTime } from "$/platform/dates";
import type { MessageView, ReadMarkView, Side } from "$/platform/types";
import { say } from "./english";
import { isOwn } from "./own";

/** The team speaks with one voice to a family; at home, only what I wrote is mine. */
export function isOwnSide(message: MessageView, side: Side, me: string): boolean {
  return side === "staff" ? message.author_kind !== "contact" : isOwn(message, me);
}

/** Of a text nobody can know who has read it (C3). */
export function hasReceipt(message: MessageView, side: Side, me: string): boolean {
  return message.kind === "text" && message.channel !== "sms" && isOwnSide(message, side, me);
}

/** Who of the other side has read a message, earliest first. */
export function readersOf(message: MessageView, marks: Record<string, ReadMarkView>): ReadMarkView[] {
  const otherSide = message.author_kind === "contact" ? "staff" : "contact";
  return Object.values(marks)
    .filter((mark) => mark.person_kind === otherSide && mark.up_to_seq >= message.seq)
    .sort((a, b) => Date.parse(a.read_at) - Date.parse(b.read_at));
}

/** Per line, who has read it and when exactly. */
export function receiptWords(readers: ReadMarkView[], zone: string): string {
  if (readers.length === 0) return say.sentNotRead;
  return readers.map((mark) => say.readAt(mark.person_name, exactTime(mark.read_at, zone))).join("\n");
}
