import { catalogue } from "$/platform/language";

/** The team's door is English, but for whoever comes to it from an invitation in another language. */
export const say = catalogue("staff_sign_in", {
  back: "Back",
  chooseAnotherLater: "You work at more than one. You can sign out and choose the other later.",
  email: "E-mail",
  endedElsewhere: "You were signed out from elsewhere. Nothing of the inbox is left on this device.",
  forgotten: "Forgotten it? An administrator of your practice can send you a new link.",
  forTeam: "For the team at the practice.",
  hidePassword: "Hide password",
  isShared: "This is a shared front-desk computer",
  locksByItself: "It locks when nobody touches it for 10 minutes.",
  password: "Password",
  sessionEnded:
    "Your session has ended. Please sign in again. What you have not sent yet is kept for you on this device.",
  showPassword: "Show password",
  signIn: "Sign in",
  signInToInbox: "Sign in to the inbox",
  tooManyTries: (wait: string) => `Too many tries. Please wait ${wait}, then try again.`,
  whichPractice: "Which practice today?",
});
