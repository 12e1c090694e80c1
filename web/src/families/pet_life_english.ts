import { catalogue } from "$/platform/language";

export const say = catalogue("pet_life", {
  about: (pet: string) => `About ${pet}`,
  correctDeath: (pet: string) => `When ${pet} died`,
  diedOn: (pet: string) => `${pet} died on`,
  hasDied: (pet: string) =>
    `If ${pet} has died, you can say so here. Reminders about ${pet} stop. Messages and pictures stay where they are.`,
  itHasDied: (pet: string) => `${pet} has died`,
  lives: (pet: string) => `${pet} is alive`,
  mayCorrect: (pet: string) =>
    `No reminders about ${pet} are sent. You can correct the day here, or take it back if it was a mistake.`,
  save: "Save",
  sorry: (pet: string) => `We are sorry. Messages and pictures of ${pet} stay here.`,
  thatDay: (why: string) => `That day ${why}.`,
  takenBack: (pet: string) => `Taken back: ${pet} is alive.`,
});
