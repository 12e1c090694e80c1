import { Offline } from "$/platform/api";
import { wordsFor } from "$/sign_in/words";

const OFFLINE = "You seem to be offline. What you have typed stays here: try again when the network is back.";

/** Here nothing tries again by itself. */
export function joiningWords(error: unknown): string {
  return error instanceof Offline ? OFFLINE : wordsFor(error);
}
