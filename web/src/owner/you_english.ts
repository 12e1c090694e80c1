import { catalogue, plural } from "$/platform/language";

export const say = catalogue("you", {
  blockedPeople: "People you blocked",
  emergencyNumbers: "In an emergency, call",
  language: "Language",
  languageKept: "Kept on this device.",
  lastUsed: (when: string) => `Last used ${when}`,
  loadingNotifications: "Loading how we tell you about messages",
  notifications: "Notifications",
  notificationsFailed: "This part could not be loaded. Come back when you have a connection.",
  signedInOn: "Signed in on",
  signOutAsk: "Sign out?",
  signOutHere: "Sign out on this device",
  signOutThere: "Sign out",
  staySignedIn: "Stay signed in",
  thisDevice: "This device",
  unsent: (count: number) =>
    plural(count, {
      one: "1 message has not been sent. Sign out and lose it?",
      other: "# messages have not been sent. Sign out and lose them?",
    }),
  urgentCall: "Messages are answered when the team has a moment. For anything urgent, please call.",
  you: "You",
});
