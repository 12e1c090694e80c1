import { router } from "$/platform/router.svelte";
import { session } from "$/platform/session.svelte";
import { loadUnsent } from "$/platform/storage";
import { outbox } from "$/threads/outbox.svelte";

/** How somebody of a team leaves a device, by whichever button: nothing of the inbox stays, and nothing is lost unasked. */
class SigningOut {
  isAsked = $state(false);
  isSending = $state(false);
  /** It was tried, and not all of it went out. */
  hasFailed = $state(false);

  async ask(): Promise<void> {
    this.hasFailed = false;
    if ((await outbox.count()) > 0) this.isAsked = true;
    else await this.leave();
  }

  /** Of somebody whose screen is hidden, too. */
  async unsentOf(personId: string): Promise<number> {
    return (await loadUnsent(personId)).length;
  }

  cancel(): void {
    this.isAsked = false;
  }

  async sendAndLeave(): Promise<void> {
    this.isSending = true;
    this.hasFailed = false;
    await outbox.tryAll();
    this.isSending = false;
    if (!this.isAsked) return; // thought better of it meanwhile
    if (outbox.pending.length > 0) this.hasFailed = true;
    else await this.leave();
  }

  /** What is not sent is given up. */
  async leave(): Promise<void> {
    this.isAsked = false;
    const personId = session.person?.id;
    if (personId !== undefined) await outbox.wipe(personId);
    const told = session.signOut();
    router.go("/staff", "replace"); // whoever comes next starts at their own inbox
    await told;
  }
}

export const signingOut = new SigningOut();
