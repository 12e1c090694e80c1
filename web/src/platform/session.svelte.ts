import { answerOf, asProblem, client, onNotFound, type Problem, setCsrfToken } from "./api";
import { wipeStorage } from "./storage";
import type { SessionView } from "./types";

/** Counts up with each version of the app that the server has to tell from older ones. */
export const APP_VERSION = 1;

/** Who is signed in to this app. Every sign-in call ends in `accept`. */
class Session {
  view = $state.raw<SessionView | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The last person did not sign out themselves: it was done elsewhere, or too long ago. */
  hasEnded = $state(false);
  #checkedAt = 0;

  get person() {
    return this.view?.person ?? null;
  }

  get status(): "loading" | "failed" | "ready" {
    if (this.view !== null) return "ready";
    return this.problem === null ? "loading" : "failed";
  }

  async load(): Promise<void> {
    this.#checkedAt = Date.now();
    try {
      this.accept(
        await answerOf(client.GET("/api/v1/session", { headers: { "X-Pawline-Version": String(APP_VERSION) } })),
      );
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  accept(view: SessionView): void {
    setCsrfToken(view.csrf_token);
    if (view.person !== null) this.hasEnded = false;
    else if (this.person !== null) this.end();
    this.problem = null;
    this.view = view;
  }

  /** Ask again whether we are still signed in, at most every few seconds. */
  recheck(): void {
    if (this.person !== null && Date.now() - this.#checkedAt > 3000) void this.load();
  }

  /** Whoever was signed in last is so no longer. */
  end(): void {
    this.hasEnded = true;
    void wipeStorage();
  }

  async signOut(): Promise<void> {
    await answerOf(client.DELETE("/api/v1/session"));
    await wipeStorage();
    await this.load();
    this.hasEnded = false;
  }
}

export const session = new Session();

onNotFound(() => session.recheck());
