import { catalogue } from "$/platform/language";

export const say = catalogue("ending", {
  again: "You can ask to connect again at any time.",
  ask: (pet: string, clinic: string) => `Disconnect ${pet} from ${clinic}?`,
  connectedTo: (clinic: string) => `Connected to ${clinic}`,
  disconnect: "Disconnect",
  disconnectFrom: (clinic: string) => `Disconnect from ${clinic}`,
  done: (pet: string, clinic: string) => `${pet} is no longer connected to ${clinic}`,
  noMoreWriting: (pet: string, clinic: string) =>
    `You cannot write to ${clinic} about ${pet} any more. If no other pet of yours is connected there, you cannot write to them in the app at all.`,
  otherThings: "Visits that are booked stay booked: call to cancel them. Text messages stay as they are.",
  stayConnected: "Stay connected",
  stays: (clinic: string) =>
    `${clinic} sees that you have ended it. Messages and pictures stay readable, for you and for them.`,
});
