import { wordsFor } from "$/sign_in/words";
import { say } from "./english";

/** Browsers say little on purpose: who called it off, waited too long or has no passkey here all get the same answer. */
export function passkeyWords(error: unknown, whenCalledOff: string): string {
  if (!(error instanceof DOMException)) return wordsFor(error);
  return error.name === "InvalidStateError" ? say.there : whenCalledOff;
}
