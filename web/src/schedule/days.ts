/** Days and times of appointments as people say them, in the clinic's IANA zone. Pure: `now` is milliseconds since 1970. */
import { capitalised, clockTime, isoDay } from "$/platform/dates";
import { word } from "$/platform/english";
import { locale } from "$/platform/language";

const DAY_MS = 24 * 60 * 60 * 1000;

/** `2026-11-24` as the calendar goes on: a day of the calendar, whatever the clocks do in it. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}

/** For a heading: `Tuesday 24 November`, with the year when it is another one. */
export function dayHeading(day: string, today: string): string {
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  const words = new Intl.DateTimeFormat(locale(), {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(Date.parse(`${day}T00:00:00Z`));
  return capitalised(words.replace(",", ""));
}

/** `Today`, `Tomorrow`, `Tuesday 24 November`. */
export function visitDay(at: string, zone: string, now: number): string {
  const day = isoDay(at, zone);
  const today = isoDay(now, zone);
  if (day === today) return word.today;
  return day === shiftDay(today, 1) ? word.tomorrow : dayHeading(day, today);
}

/** `10:30 – 11:00`, the end as the clock on the clinic's wall will show it. */
export function timeSpan(at: string, minutes: number, zone: string): string {
  return `${clockTime(at, zone)} – ${clockTime(endOf(at, minutes), zone)}`;
}

/** The clinic's city while its clock differs from the reader's at that moment, else `null`: `New York`. */
export function otherClock(at: string, zone: string, ownZone: string): string | null {
  if (clockTime(at, zone) === clockTime(at, ownZone)) return null;
  return cityOf(zone);
}

/** `America/New_York` → `New York`. */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

function endOf(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
