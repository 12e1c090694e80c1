/** Who is off duty, as the team says it. Pure. */
import { clockTime, isoDay } from "$/platform/dates";
import { timeToCome } from "$/triage/when";

export type Off = { is_off_duty: boolean; off_duty_until: string | null };
export type Moment = { zone: string; now: number };

export const TOLD_LATER = "told when back on duty";
export const MAIL_REFUSED = "E-mails come back";

/** Still so, by the clock: a screen may have been open for hours. */
export function isStillOff(isOff: boolean, until: string | null, now: number): boolean {
  return isOff && (until === null || Date.parse(until) > now);
}

/** `Off duty until 14:00`, or `Off duty` where nobody knows for how long. */
export function offDutyWords(until: string | null, { zone, now }: Moment): string {
  if (until === null) return "Off duty";
  return `Off duty until ${isMidnight(until, zone, now) ? "midnight" : timeToCome(until, zone, now)}`;
}

/** The next one. */
function isMidnight(at: string, zone: string, now: number): boolean {
  return clockTime(at, zone) === "00:00" && isoDay(Date.parse(at) - 1, zone) === isoDay(now, zone);
}

/** Within a sentence; names of days stay as they are. */
export function midSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** The same for a colleague; null while they are on duty. */
export function offWordsOf({ is_off_duty, off_duty_until }: Off, moment: Moment): string | null {
  return isStillOff(is_off_duty, off_duty_until, moment.now) ? offDutyWords(off_duty_until, moment) : null;
}
