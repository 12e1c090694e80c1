import { clockTime, exactTime } from "$/platform/dates";
import type { AccessOfDay, AccessReason } from "$/platform/types";

/** Why somebody could read, in one line. */
export function reasonWords(reason: AccessReason, zone: string): string {
  switch (reason.through) {
    case "role":
      return "By their role";
    case "schedule":
      return `Appointment at ${clockTime(reason.appointment_at ?? reason.since, zone)}`;
    case "hand_off":
      return `Handed over by ${reason.granted_by ?? "a colleague"}`;
  }
}

/** From when until when; a day that is whole is said in words. */
export function spanWords(since: string, until: string, zone: string): string {
  const [from, to] = [clockTime(since, zone), clockTime(until, zone)];
  if (isMidnight(since, zone) && isMidnight(until, zone)) return "all day";
  if (isMidnight(since, zone)) return `until ${to}`;
  return isMidnight(until, zone) ? `from ${from}` : `${from} to ${to}`;
}

/** Which deleted message somebody read, and how. */
export function messageWords(read: AccessOfDay["read_deleted"][number], zone: string): string {
  const way = read.in_transcript ? ", in a transcript" : "";
  return `A message of ${read.author_name}, ${exactTime(read.written_at, zone)}${way}`;
}

export function onceOrBetween(first: string, last: string, zone: string): string {
  const [from, to] = [clockTime(first, zone), clockTime(last, zone)];
  return from === to ? from : `first ${from}, last ${to}`;
}

function isMidnight(moment: string, zone: string): boolean {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return parts.format(new Date(moment)) === "00:00:00";
}
