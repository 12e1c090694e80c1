/** What became of a text, in the words of the people who sent it. Pure. */
import type { DeliveryView, MessageView } from "$/platform/types";

/** `grey`: nothing to do. A delivered text is never called read: phones do not tell (C3). */
export type Outcome = {
  sign: "clock" | "tick" | "ticks" | "search" | "pause" | "cross" | "alert";
  label: string;
  tone: "grey" | "warn" | "danger";
  /** A sentence more where the label leaves a question open. */
  words: string;
};

export function outcomeOf(delivery: DeliveryView): Outcome {
  switch (delivery.state) {
    case "queued":
    case "sending":
      return { sign: "clock", label: "Sending", tone: "grey", words: delivery.reason === null ? "" : delivery.words };
    case "accepted":
    case "sent":
      if (delivery.reason === "no_receipt")
        return { sign: "search", label: "Sent", tone: "warn", words: delivery.words };
      return { sign: "tick", label: "Sent", tone: "grey", words: "" };
    case "delivered":
      return { sign: "ticks", label: "Delivered", tone: "grey", words: "" };
    case "failed":
      return { sign: "alert", label: "Not delivered", tone: "danger", words: delivery.words };
    case "unknown":
      return { sign: "search", label: "Checking with the phone company", tone: "warn", words: delivery.words };
    case "held":
      return { sign: "pause", label: "Held back", tone: "warn", words: delivery.words };
    case "cancelled":
      return { sign: "cross", label: "Not sent", tone: "grey", words: withoutLabel(delivery.words) };
  }
}

const NOT_LEFT: DeliveryView["state"][] = ["queued", "held", "cancelled", "failed"];

/** A text that came from a phone, or that has left or may have left for one: what is deleted here stays there (C14). */
export function mayBeOnPhone({ channel, delivery }: Pick<MessageView, "channel" | "delivery">): boolean {
  return channel === "sms" && !(delivery && NOT_LEFT.includes(delivery.state));
}

/** Whether there is more to find out about it. */
export function isTroubled(delivery: DeliveryView): boolean {
  return delivery.state === "failed" || delivery.state === "unknown" || delivery.state === "held";
}

/** `Not sent: the client stopped these texts.` → `The client stopped these texts.` */
function withoutLabel(words: string): string {
  const rest = words.replace(/^Not sent[:.]\s*/, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
