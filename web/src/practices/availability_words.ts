/** A clinic's light in words, for families and for the team. Pure. */
import { clockTime, isoDay, weekdayAndTime } from "$/platform/dates";
import { ofServer } from "$/platform/language";
import type { AvailabilityView } from "$/platform/types";
import { say } from "./english";

export type LightState = AvailabilityView["state"];
type Team = NonNullable<AvailabilityView["team"]>;

export function lightName(state: LightState): string {
  return say[state];
}

/** What still holds of a light without a connection: nobody can tell from a train whether somebody is there, or has opened. */
export function lastKnown(light: AvailabilityView, now: number): AvailabilityView | null {
  const hasOpened = light.opens_at !== null && Date.parse(light.opens_at) <= now;
  return light.state === "available" || (light.state === "off_duty" && hasOpened) ? null : light;
}

/** How soon, or from when on, the clinic answers; `null` when nobody knows. */
export function whenAnswered(light: AvailabilityView, zone: string, now: number): string | null {
  if (light.state !== "off_duty") return light.reply_words && ofServer(light.reply_words);
  return light.opens_at === null ? null : say.opens(weekdayAndTime(light.opens_at, zone, now));
}

/** For whoever writes while the clinic is closed. */
export function lateAnswer(light: AvailabilityView, zone: string, now: number): string {
  return light.opens_at === null ? say.answerLater : say.answerAfter(weekdayAndTime(light.opens_at, zone, now));
}

/** Has somebody of the team written since the clinic closed? Then a family need not wait for its opening. */
export function isTeamReplying(
  light: AvailabilityView,
  messages: { author_kind: string; kind: string; created_at: string }[],
): boolean {
  const since = light.closed_since;
  if (light.state !== "off_duty" || since === null) return false;
  return messages.some(
    ({ author_kind, kind, created_at }) =>
      author_kind === "staff" && kind === "text" && Date.parse(created_at) >= Date.parse(since),
  );
}

/** Why the light is what it is, for the team. */
export function reasonWords(team: Team): string {
  switch (team.reason) {
    case "hours":
      return "Outside conversation hours.";
    case "nobody_here":
      return "Nobody who is on duty has the inbox open.";
    case "somebody_here":
      return `${peopleWords(team.present)} the inbox open.`;
    case "by_hand":
      return "Set by hand.";
  }
}

/** `Nora Ames set it to Away at 14:02, until 18:00.`; `null` when nobody did. */
export function choiceWords(team: Team, zone: string, now: number): string | null {
  if (team.chosen === null) return null;
  const { by_name, state, at, until } = team.chosen;
  return `${by_name} set it to ${lightName(state)} at ${shortTime(at, zone, now)}, ${untilWords(until, zone, now)}.`;
}

export function untilWords(until: string | null, zone: string, now: number): string {
  return until === null ? "until somebody changes it" : `until ${shortTime(until, zone, now)}`;
}

/** `All available`, or `2 Available, 1 Off Duty`. */
export function summaryWords(states: LightState[]): string {
  const counts = countStates(states);
  const [only] = counts;
  if (counts.length === 1 && only !== undefined) {
    return states.length === 1 ? lightName(only[0]) : `All ${lightName(only[0]).toLowerCase()}`;
  }
  return counts.map(([state, count]) => `${count} ${lightName(state)}`).join(", ");
}

export function countStates(states: LightState[]): [LightState, number][] {
  const order: LightState[] = ["available", "away", "off_duty"];
  return order
    .map((state): [LightState, number] => [state, states.filter((each) => each === state).length])
    .filter(([, count]) => count > 0);
}

function shortTime(at: string, zone: string, now: number): string {
  return isoDay(at, zone) === isoDay(now, zone) ? clockTime(at, zone) : weekdayAndTime(at, zone, now);
}

function peopleWords(names: string[]): string {
  if (names.length > 2) return `${names.length} colleagues have`;
  return names.length === 2 ? `${names.join(" and ")} have` : `${names[0] ?? "Somebody"} has`;
}
