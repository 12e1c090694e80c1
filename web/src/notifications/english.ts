import { catalogue } from "$/platform/language";

export const say = catalogue("notifications", {
  addToHomeScreen: "To be told on this device as well, add Pawline to your Home Screen and open it from there.",
  blockedHere:
    "Notifications from Pawline are blocked on this device. Allow them in the settings of your browser to be told here.",
  cannotShow: "This browser cannot show notifications.",
  emailMe: "E-mail me when I have not read a message after 3 minutes",
  loading: "Loading how we tell you about messages",
  noEmail: "Your practice has no e-mail address of yours. Ask them to add it, and we can tell you by e-mail.",
  offer:
    "This device can tell you as soon as a message comes, also while Pawline is closed. It shows the practice, your pet and an amount to be paid, never what was written.",
  shows: "It shows the practice, your pet and an amount to be paid, never what was written.",
  tellMe: "Tell me about new messages",
  tellMeHere: "Tell me about new messages on this device",
  to: (email: string) => `To ${email}`,
  unreachable: "This browser could not reach its notification service. Try again later.",
});
