import { answerOf, asProblem, client, onLocked, onNotFound, type Problem, setCsrfToken } from "./api";
import { forgetLock, isLockDue, noteLock, onLockElsewhere } from "./due_lock";
import { dueSignOut, forgetSignOut, noteSignOut, onSignOutElsewhere } from "./due_sign_out";
import { keptFor, noteKeptFor } from "./kept_for";
import { hasOtherReach } from "./kept_reach";
import { fallSilent } from "./silence";
import { wipeCopies, wipeStorage, wipeUnsent } from "./storage";
import type { SessionView } from "./types";

/** Counts up with each version of the app that the server has to tell from older ones. */
export const APP_VERSION = 1;

const TELL_AGAIN_MS = 20_000;
const TOLD_WITHIN_MS = 15_000;

/** Who is signed in to this app. Every sign-in call ends in `accept`. */
class Session {
  view = $state.raw<SessionView | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The last person did not sign out themselves: it was done elsewhere, or too long ago. */
  hasEnded = $state(false);
  /** It was done elsewhere, by a member of a team: nothing of theirs is left here. */
  hasEndedElsewhere = $state(false);
  /** Counts how often all copies of what was read were given up: what was to be kept before that is kept no more. */
  copies = 0;
  #isHidden = $state(false);
  #checkedAt = 0;
  #telling = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor() {
    addEventListener("online", () => this.#tellDue());
    onSignOutElsewhere((personId) => {
      if (personId === this.person?.id) void this.#leave();
    });
    onLockElsewhere(() => this.hide());
  }

  get person() {
    return this.view?.person ?? null;
  }

  /** Whether this is a shared computer that nobody sees anything on before it is unlocked. */
  get isLocked(): boolean {
    return this.person !== null && (this.#isHidden || this.view?.desk?.is_locked === true);
  }

  get status(): "loading" | "failed" | "ready" {
    if (this.view !== null) return "ready";
    return this.problem === null ? "loading" : "failed";
  }

  /** One after the other: two at once would both make the same sign-out good, of which the server knows only the first. */
  load(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    this.#checkedAt = Date.now();
    try {
      this.accept(await readSession());
    } catch (error) {
      this.problem = asProblem(error);
      clearTimeout(this.#telling);
      this.#telling = window.setTimeout(() => this.#tellDue(), TELL_AGAIN_MS);
    }
  }

  /** `isSamePerson`: they have gone to another practice of theirs, and come back to what they have begun here. */
  accept(view: SessionView, isSamePerson = false): void {
    forgetSignOut();
    if (view.desk?.is_locked !== false) forgetLock();
    this.#isHidden = false;
    setCsrfToken(view.csrf_token);
    if (view.person !== null) this.hasEnded = false;
    else if (this.person !== null || view.ended_id) this.end(view.ended_id ?? null);
    if (view.person !== null) this.#keepFor(view.person.id, isSamePerson);
    this.problem = null;
    if (hasOtherReach(view)) this.#forgetCopies();
    this.view = view;
  }

  /** Begun before anything of the new view is shown, which could still find them. */
  #forgetCopies(): void {
    this.copies += 1;
    void wipeCopies();
  }

  #keepFor(personId: string, isSamePerson: boolean): void {
    const before = keptFor();
    if (before !== null && before !== personId && !isSamePerson) void wipeStorage();
    noteKeptFor(personId);
  }

  /** Nothing is shown from now on, until the server says that it may be. */
  hide(): void {
    if (this.#isHidden || this.person === null) return;
    this.#isHidden = true;
    void this.load();
  }

  /** At once on this screen; the server hears of it as soon as it can be reached. */
  lock(): void {
    noteLock();
    this.hide();
  }

  /** The server has let them in again: a lock that it never heard of is over. */
  async unlocked(): Promise<void> {
    forgetLock();
    await this.load();
  }

  /** The live line says that this session is over, or locked. Which of the two may not be known for a while: nobody sees a shared computer meanwhile. */
  async doubt(): Promise<void> {
    if (this.view?.desk) this.hide();
    else await this.load();
  }

  /** Ask again whether we are still signed in, at most every few seconds. */
  recheck(): void {
    if (this.person !== null && Date.now() - this.#checkedAt > 3000) void this.load();
  }

  /** Whoever was signed in last is so no longer. `endedId`: who gave up this device, with what they had not sent from it. */
  end(endedId: string | null = null): void {
    this.hasEnded = true;
    this.hasEndedElsewhere = endedId !== null;
    void wipeStorage();
    if (endedId !== null) void wipeUnsent(endedId);
  }

  /** At once and for good on this device; the server hears of it as soon as it can be reached. */
  async signOut(): Promise<void> {
    if (this.person === null) return;
    noteSignOut(this.person.id);
    forgetLock(); // it was theirs, not of whoever comes next
    await this.#leave();
    await this.load();
  }

  async #leave(): Promise<void> {
    if (this.view === null) return;
    const nobody = { person: null, practice: null, family: null, clinics: [], csrf_token: null, can_use_inbox: false };
    this.view = { ...this.view, ...nobody };
    this.hasEnded = false;
    void fallSilent();
    await wipeStorage();
  }

  #tellDue(): void {
    if (dueSignOut() !== null || this.#isHidden) void this.load();
  }
}

export const session = new Session();

onNotFound(() => session.recheck());
onLocked(() => session.hide());

/** Who is signed in, once a sign-out or a lock that was made without a network is made good. */
async function readSession(): Promise<SessionView> {
  const found = await askServer();
  const mustLock = !isLeaving(found) && isLockDue() && found.desk?.is_locked === false;
  const view = mustLock ? await lockNow(found) : found;
  return isLeaving(view) ? await endNow(view) : view;
}

function isLeaving(view: SessionView): boolean {
  return view.person !== null && view.person.id === dueSignOut();
}

async function endNow(view: SessionView): Promise<SessionView> {
  setCsrfToken(view.csrf_token);
  await answerOf(client.DELETE("/api/v1/session", { signal: AbortSignal.timeout(TOLD_WITHIN_MS) }));
  return await askServer();
}

async function lockNow(view: SessionView): Promise<SessionView> {
  setCsrfToken(view.csrf_token);
  await answerOf(client.POST("/api/v1/session/lock", { signal: AbortSignal.timeout(TOLD_WITHIN_MS) }));
  return await askServer();
}

function askServer(): Promise<SessionView> {
  const headers = { "X-Pawline-Version": String(APP_VERSION) };
  return answerOf(client.GET("/api/v1/session", { headers, signal: AbortSignal.timeout(TOLD_WITHIN_MS) }));
}
