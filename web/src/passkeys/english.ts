import { catalogue } from "$/platform/language";

export const say = catalogue("passkeys", {
  add: "Add a passkey",
  askRemove: "Remove this passkey?",
  lastUsed: (at: string) => `Last used ${at}`,
  noneMade: "No passkey was made. You can try again whenever you like.",
  notNow: "Not now",
  notUsed: (at: string) => `Added ${at}, not used yet`,
  offer: "Next time sign in with your fingerprint or face",
  offerWhy: "Or with your screen lock. There is no code to wait for, and your fingerprint stays on this device.",
  passkeys: "Passkeys",
  refused: "That did not work. Try again, or ask for a code instead.",
  remove: "Remove",
  removed: (device: string) =>
    `The passkey of ${device} will not sign you in any more. It ends no session: where you are signed in now, you stay signed in.`,
  setUp: "Set it up",
  sessionsElsewhere: "You can sign out other devices under “Signed in on”.",
  there: "This device has a passkey for you already.",
  usePasskey: "Use a passkey",
  why: "Sign in with your fingerprint, face or screen lock instead of a code.",
});
