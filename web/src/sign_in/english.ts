import { catalogue, plural } from "$/platform/language";

export const say = catalogue("sign_in", {
  address: "E-mail or mobile number",
  anotherEmail: "Use another e-mail",
  anotherNumber: "Use another number",
  codeOnItsWay: (address: string, minutes: number) =>
    `If your practice knows ${address}, a code is on its way. It works for ${minutes} minutes.`,
  demo: "This is the demo. Sign in as",
  enterAddress:
    "Enter the e-mail or mobile number your practice has for you. We send a code, so there is no password to remember.",
  linkWorksOnce: "Press the button and your pets are there. The link works once.",
  lookAtTexts: "Look at your texts",
  lookInEmail: "Look in your e-mail",
  messageYourVet: "Message your vet",
  minutes: (count: number) => plural(count, { one: "1 minute", other: "# minutes" }),
  noText: "No text? If you have stopped texts from your practice, use your e-mail.",
  nothingThere: (wait: string) => `Nothing there? You can send another in ${wait}.`,
  seconds: (count: number) => plural(count, { one: "1 second", other: "# seconds" }),
  sendAnotherCode: "Send another code",
  sendCode: "Send me a code",
  sendCodeInstead: "Send me a code instead",
  sessionEnded:
    "Your session has ended. Please sign in again. What you have not sent yet is kept for you on this device.",
  sharedNumber: "Several people share this number. Are you none of them? Then ask the practice to add you.",
  signIn: "Sign in",
  signInHere: "Sign in on this device",
  sixDigitCode: "6-digit code",
  whoAreYou: "Who are you?",
});
