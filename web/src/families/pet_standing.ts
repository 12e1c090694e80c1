import { calendarDay } from "$/platform/dates";
import type { ClinicView, ConnectionView } from "$/platform/types";
import type { Treating } from "./ending";

type Named = { id: string; name: string; died_on: string | null };
export type Answer = "connect" | "decline";
/** Where a pet stands with the clinic whose thread is shown, in words for the team, and what may be done about it. */
export type Standing = { words: string; answers: Answer[]; isWaiting: boolean };

/** `null`: the clinic treats it, or nothing is to be said of it any more. */
export function standingOf(
  pet: Named,
  connection: ConnectionView | undefined,
  at: { zone: string; now: number },
): Standing | null {
  if (pet.died_on !== null) return null;
  if (connection === undefined) return { words: "Not treated here", answers: ["connect"], isWaiting: false };
  const day = calendarDay(connection.since, at.zone, at.now);
  switch (connection.state) {
    case "accepted":
      return null;
    case "invited":
      return { words: `Waits for your answer since ${day}`, answers: ["connect", "decline"], isWaiting: true };
    case "declined":
      return { words: `Declined on ${day}`, answers: ["connect"], isWaiting: false };
    case "expired":
      return {
        words: "Not treated here: the family asked, and nobody answered",
        answers: ["connect"],
        isWaiting: false,
      };
    case "revoked":
      return {
        words: wordsOfEnd(connection, day),
        answers: connection.is_up_to_family ? [] : ["connect"],
        isWaiting: false,
      };
  }
}

function wordsOfEnd({ ended_by, is_up_to_family }: ConnectionView, day: string): string {
  if (ended_by === null) return `Not treated here: the family asked and took it back on ${day}`;
  const words = `No longer treated here, ended by ${ended_by} on ${day}`;
  return is_up_to_family ? `${words}. Only the family can ask again` : words;
}

/** For the team: how the clinic stops treating a pet. */
export function treatedBy(pet: Named, connection: ConnectionView | undefined, clinic: ClinicView): Treating[] {
  if (connection?.state !== "accepted" || pet.died_on !== null) return [];
  const words = {
    standing: `Treated at ${clinic.name}`,
    act: "End connection",
    title: `End the connection of ${pet.name} with ${clinic.name}?`,
    means: [
      `The family sees it at once, and cannot write about ${pet.name} any more. Without another pet treated here, nothing can be sent in the app from either side.`,
      "Everything that was written stays readable for both sides.",
      `No new reminders about ${pet.name} can be sent. Booked visits and text messages stay as they are.`,
      "You can connect it again. The family can ask to, or scan your poster.",
    ],
    keep: "Keep it",
    confirm: "End connection",
    done: `${pet.name} is no longer treated at ${clinic.name}`,
  };
  return [{ clinicId: clinic.id, words }];
}
