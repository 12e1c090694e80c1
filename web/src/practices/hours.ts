import type { components } from "$/platform/schema";

export type Hours = components["schemas"]["ConversationHours"];
export type Span = components["schemas"]["SpanForm"];
export type Holiday = components["schemas"]["HolidayForm"];
/** A stretch of a day's 1,440 minutes. `isNight`: it began on the day before. */
export type Bar = { from: number; to: number; isNight: boolean };

export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DAY_MINUTES = 1440;

const minute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** It closes at or before its opening, so on the next day. */
export function isOvernight(span: Span): boolean {
  return minute(span.closes_at) <= minute(span.opens_at);
}

export function spansOn(hours: Hours, weekday: number): Span[] {
  return hours.days.find((day) => day.weekday === weekday)?.spans ?? [];
}

export function withSpans(hours: Hours, weekday: number, spans: Span[]): Hours {
  const days = DAYS.map((_, index) => ({ weekday: index, spans: index === weekday ? spans : spansOn(hours, index) }));
  return { ...hours, days };
}

/** What is open on a weekday, the night of the day before included. */
export function barsOf(hours: Hours, weekday: number): Bar[] {
  const own = spansOn(hours, weekday).map((span) => ({
    from: minute(span.opens_at),
    to: isOvernight(span) ? DAY_MINUTES : minute(span.closes_at),
    isNight: false,
  }));
  const nights = spansOn(hours, (weekday + 6) % 7)
    .filter((span) => isOvernight(span) && minute(span.closes_at) > 0)
    .map((span) => ({ from: 0, to: minute(span.closes_at), isNight: true }));
  return [...nights, ...own];
}

/** The span that is likely wanted next on a day. */
export function nextSpan(spans: Span[]): Span {
  const last = spans.at(-1);
  if (last === undefined) return { opens_at: "08:00", closes_at: "18:00" };
  const begins = Math.min(minute(last.closes_at) + 60, 22 * 60);
  const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
  return { opens_at: clock(begins), closes_at: clock(Math.min(begins + 120, 23 * 60 + 59)) };
}

/** Monday's hours on Tuesday to Friday too. */
export function likeMonday(hours: Hours): Hours {
  const monday = spansOn(hours, 0);
  return [1, 2, 3, 4].reduce((changed, weekday) => withSpans(changed, weekday, monday), hours);
}

export function isAlwaysOpen(hours: Hours): boolean {
  return hours.days.every((day) => day.spans.length === 0);
}
