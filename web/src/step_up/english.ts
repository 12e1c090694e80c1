import { catalogue } from "$/platform/language";

export const say = catalogue("step_up", {
  anotherCode: "Send another code",
  confirm: "Confirm",
  isItYou: "Confirm that it is you",
  orCode: "Send me a code instead",
  sending: "We are sending you a code…",
  sentTo: (place: string) => `We have sent a code to ${place}. It works for 15 minutes.`,
  textedTo: (place: string) => `We have texted a code to your number ${place}. It works for 15 minutes.`,
  why: "This lets others into your family or your account. Once you have confirmed, it goes on by itself.",
});
