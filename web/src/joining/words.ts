import { Offline } from "$/platform/api";
import { wordsFor } from "$/sign_in/words";
import { say } from "./english";

/** Here nothing tries again by itself. */
export function joiningWords(error: unknown): string {
  return error instanceof Offline ? say.offlineKept : wordsFor(error);
}
