import { catalogue } from "$/platform/language";

export const say = catalogue("payments", {
  asked: (amount: string) => `Payment request: ${amount}`,
  cancelled: (at: string) => `Cancelled, ${at}`,
  cardRemoved: "A card number was removed from this message.",
  cardRemovedOwn: "For your safety we removed a card number. Ask the clinic for a payment link.",
  checking: "Looking whether it is paid…",
  expired: "Can no longer be paid",
  notSure: "We could not find out yet whether it is paid. You will see it here.",
  opening: "Opening the payment page…",
  paid: (at: string) => `Paid, ${at}`,
  pay: (amount: string) => `Pay ${amount}`,
  request: "Request a payment",
  safe: "On a secure page. Never write card numbers in the chat.",
  title: "Payment request",
  unpaid: "Not paid yet",
});
