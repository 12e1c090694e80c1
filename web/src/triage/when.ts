import { calendarDay, clockTime, isoDay, weekdayAndTime } from "$/platform/dates";

const DAY_MS = 24 * 60 * 60 * 1000;

/** As a field for a date and a time has it: `2026-11-24T08:00`. */
export function wallClockAt(at: string, zone: string): string {
  return `${isoDay(at, zone)}T${clockTime(at, zone)}`;
}

/** A time to come, for a sentence: `15:00` today, `Tue 08:00` within a week, `14 Jun, 08:00` later. */
export function timeToCome(at: string, zone: string, now: number): string {
  const days = Math.round((Date.parse(isoDay(at, zone)) - Date.parse(isoDay(now, zone))) / DAY_MS);
  if (days === 0) return clockTime(at, zone);
  return days < 7 ? weekdayAndTime(at, zone, now) : `${calendarDay(at, zone, now)}, ${clockTime(at, zone)}`;
}
