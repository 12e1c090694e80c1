import { catalogue } from "$/platform/language";

export const say = catalogue("payments", {
  asked: (amount: string) => `Payment request: ${amount}`,
  cancelled: (at: string) => `Cancelled, ${at}`,
  checking: "Looking whether it is paid…",
  expired: "Can no longer be paid",
  notSure: "We could not find out yet whether it is paid. You will see it here.",
  opening: "Opening the payment page…",
  paid: (at: string) => `Paid, ${at}`,
  pay: (amount: string) => `Pay ${amount}`,
  safe: "On a secure page. Never write card numbers in the chat.",
  title: "Payment request",
  unpaid: "Not paid yet",
});
