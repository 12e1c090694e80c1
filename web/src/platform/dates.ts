/** Dates as people say them, in a clinic's IANA zone. Pure: `now` is milliseconds since 1970. */
import { word } from "./english";
import { locale } from "./language";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${zone} ${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone });
    formats.set(key, found);
  }
  return found;
}

/** Whole calendar days in `zone` from `from` to `to`. */
function daysBetween(from: number, to: number, zone: string): number {
  const day = (instant: number) => Date.parse(isoDay(instant, zone));
  return Math.round((day(to) - day(from)) / (24 * HOUR_MS));
}

/** `2026-11-21`, as the calendar on the clinic's wall says. */
export function isoDay(instant: number | string, zone: string): string {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** For a list: `now`, `2m`, `3h`, `Yesterday`, `Tuesday`, `14 Jun`, `14 Jun 2024`. Examples here are English. */
export function briefAge(at: string, zone: string, now: number): string {
  const instant = Date.parse(at);
  const age = now - instant;
  const days = daysBetween(instant, now, zone);
  if (age < MINUTE_MS) return word.now;
  if (age < HOUR_MS) return word.minutesAgo(Math.floor(age / MINUTE_MS));
  if (days <= 0) return word.hoursAgo(Math.floor(age / HOUR_MS));
  return days === 1 ? word.yesterday : farDay(instant, days, zone, now);
}

/** How long somebody has been waiting: `7m`, `3h`, `2d`; `null` while it is not worth a word. */
export function waitingTime(since: string, now: number): string | null {
  const age = now - Date.parse(since);
  if (age < MINUTE_MS) return null;
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)}m`;
  return age < 48 * HOUR_MS ? `${Math.floor(age / HOUR_MS)}h` : `${Math.floor(age / (24 * HOUR_MS))}d`;
}

/** For a divider between messages: `Today`, `Yesterday`, `Tuesday`, `14 Jun`, `14 Jun 2024`. */
export function dayName(at: string, zone: string, now: number): string {
  const instant = Date.parse(at);
  const days = daysBetween(instant, now, zone);
  if (days <= 0) return word.today;
  return days === 1 ? word.yesterday : farDay(instant, days, zone, now);
}

/** For a sentence: `today at 10:12`, `yesterday at 10:12`, `on 14 Jun at 10:12`. */
export function dayAndTime(at: string, zone: string, now: number): string {
  const days = daysBetween(Date.parse(at), now, zone);
  const day = dayName(at, zone, now);
  return (days <= 1 ? word.nearDayAt : word.farDayAt)(day, clockTime(at, zone));
}

/** For a card: `Tue 14:00` within a week, else `14 Jun 14:00`. */
export function weekdayAndTime(at: string, zone: string, now: number): string {
  const days = daysBetween(Date.parse(at), now, zone);
  const day = days < 7 ? format(zone, { weekday: "short" }).format(new Date(at)) : calendarDay(at, zone, now);
  return `${day} ${clockTime(at, zone)}`;
}

/** For a history: `Tue 14:00:05`. */
export function weekdaySecond(at: string, zone: string): string {
  const options = { weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return format(zone, options).format(new Date(at)).replace(",", "");
}

/** `14 Jun`, with the year when it is another one. */
export function calendarDay(at: string, zone: string, now: number): string {
  const isThisYear = isoDay(at, zone).slice(0, 4) === isoDay(now, zone).slice(0, 4);
  return format(zone, { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) }).format(
    new Date(at),
  );
}

/** `10:12` */
export function clockTime(at: string, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

/** For a hover: `Saturday, 21 November 2026 at 10:12:05 PST`. Says the zone. */
export function exactTime(at: string, zone: string): string {
  return format(zone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(new Date(at));
}

/** `6 years`, `4 months`, `3 weeks`; `null` when the birthday is not known. */
export function petAge(bornOn: string | null, now: number): string | null {
  if (bornOn === null) return null;
  const days = Math.floor((now - Date.parse(bornOn)) / (24 * HOUR_MS));
  if (days >= 730) return counted(Math.floor(days / 365.25), "year");
  if (days >= 61) return counted(Math.floor(days / 30.44), "month");
  return counted(Math.max(0, Math.floor(days / 7)), "week");
}

function counted(count: number, unit: string): string {
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long" }).format(count);
}

function farDay(instant: number, days: number, zone: string, now: number): string {
  if (days < 7) return capitalised(format(zone, { weekday: "long" }).format(new Date(instant)));
  return calendarDay(new Date(instant).toISOString(), zone, now);
}

/** Spanish writes the names of days small, but not where one stands alone. */
export function capitalised(words: string): string {
  return words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1);
}
