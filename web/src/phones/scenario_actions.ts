/** What a scenario asks of the product, done through the demo's own routes. */

import { carrier, demo } from "./api";

export const OLIVE = "+14155550117";
export const STRANGER = "+14155550134";
const MANY = 200;

const ACTIONS: Record<string, () => Promise<unknown>> = {
  open_clinic: () => demo.moveTime({ until: "open" }),
  // Over the next opening to the closing after it: whatever the team wrote in the night before does not count any more.
  close_clinic: () => demo.moveTime({ until: "open" }).then(() => demo.moveTime({ until: "closed" })),
  send_reminder: () => demo.sendReminder(),
  // That it is refused is what the scenario is about.
  try_to_text: () => demo.textNumber(OLIVE, 1).catch(() => undefined),
  send_200_texts: () => demo.textNumber(OLIVE, MANY),
};

export async function perform(action: string): Promise<void> {
  const act = ACTIONS[action];
  if (act === undefined) throw new Error(`a scenario asks for ${action}, which nobody here knows`);
  await act();
}

/** Undo what an earlier run, or somebody's playing, left behind. */
export async function prepare(scenario: string, clinicThatIsBlocked: string | null): Promise<void> {
  if (scenario === "unknown_number_questions") await demo.forgetNumber(STRANGER);
  if (clinicThatIsBlocked !== null) {
    await carrier.sendText(OLIVE, { to_number: clinicThatIsBlocked, body: "START", pictures: [] });
    await new Promise((done) => setTimeout(done, 1500));
  }
}
