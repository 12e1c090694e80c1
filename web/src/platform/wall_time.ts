/** The clinic's calendar and clock, turned into an instant. Pure. */

/**
 * `2026-11-20` and `09:30` in an IANA zone as ISO 8601, or null while they are not both there. While somebody types the
 * year, fields for dates give `0002`, `0020` and `0202` first.
 * A time that the clocks skip in spring becomes the one an hour later.
 */
export function instantAt(date: string, time: string, zone: string): string | null {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asUtc) || !/^[12]\d{3}-/.test(date)) return null;
  // The offset of a guess tells the guess that is right, unless the clocks change between the two.
  const guess = asUtc - offsetAt(asUtc, zone);
  return new Date(asUtc - offsetAt(guess, zone)).toISOString();
}

/** Milliseconds that the zone is ahead of UTC at an instant. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const wall = `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:00Z`;
  return Date.parse(wall) - Math.floor(instant / 60_000) * 60_000;
}
