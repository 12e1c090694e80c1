import { onProofNeeded } from "$/platform/api";

/** Asks whoever is signed in to prove who they are, while what they asked for waits to be asked again. */
class Proof {
  isAsked = $state(false);
  #waiting: ((isProven: boolean) => void)[] = [];

  ask(): Promise<boolean> {
    this.isAsked = true;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  answer(isProven: boolean): void {
    this.isAsked = false;
    for (const tell of this.#waiting.splice(0)) tell(isProven);
  }
}

export const proof = new Proof();

onProofNeeded(() => proof.ask());
