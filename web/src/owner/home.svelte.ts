import { asProblem, type Problem } from "$/platform/api";
import { Keeping } from "$/platform/keeping";
import { live } from "$/platform/live";
import { keepAnswer, loadAnswer } from "$/platform/storage";
import type { Changes, ClinicView, OwnerHome } from "$/platform/types";
import { loadHome } from "./api";
import { OfflineThreads } from "./offline_threads";
import { connectedTo } from "./pets";
import { applyToHome, keepNewer } from "./reduce";
import { unreadBesidePets } from "./unread";

/** The pets and threads of the signed-in contact, kept fresh by the live connection. */
export class Home {
  view = $state.raw<OwnerHome | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Told before the first answer, which may be older than they are. */
  #early: Changes[] = [];
  readonly petIds = $derived((this.view?.pets ?? []).map(({ id }) => id));
  readonly unreadBesidePets = $derived(
    (this.view?.threads ?? []).reduce((sum, thread) => sum + unreadBesidePets(thread, this.view?.pets ?? []), 0),
  );
  readonly unreadInAll = $derived((this.view?.threads ?? []).reduce((sum, thread) => sum + thread.unread.length, 0));

  /** The clinics that the family has to do with; `null` while there is none, or none is known yet. */
  readonly clinics = $derived(this.view?.threads.length ? this.view.threads.map(({ clinic }) => clinic) : null);

  readonly #copy: Keeping;
  readonly #offline: OfflineThreads;

  constructor(readonly personId: string) {
    this.#copy = new Keeping(personId, () => void keepAnswer(this.#shelf, this.view));
    this.#offline = new OfflineThreads(personId);
  }

  get #shelf(): string {
    return `home of ${this.personId}`;
  }

  /** Whose number to call from a thread: its clinic's, known before the thread itself is. `null`: not known yet. */
  clinicsOf(threadId: string): ClinicView[] | null {
    const thread = this.view?.threads.find(({ thread_id }) => thread_id === threadId);
    return thread === undefined ? null : [thread.clinic];
  }

  /** The pets that are connected to the clinic of a thread. */
  petIdsOf(threadId: string): string[] {
    return connectedTo(threadId, this.view?.pets ?? []);
  }

  /** Follow what happens until the returned function is called. */
  follow(): () => void {
    const stops = [
      live.onOpen(() => void this.load()),
      live.onThreadAnew(() => void this.load()),
      live.onChanges((changes) => this.#apply(changes)),
      () => this.#offline.stop(),
    ];
    void this.#showKept();
    void this.load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    try {
      const fresh = await loadHome();
      this.view = this.view === null ? fresh : keepNewer(this.view, fresh);
      this.problem = null;
      for (const changes of this.#early.splice(0)) this.#apply(changes);
      this.#keep(this.view);
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  async #showKept(): Promise<void> {
    const kept = await loadAnswer<OwnerHome>(this.#shelf);
    this.view ??= kept;
  }

  #apply(changes: Changes): void {
    if (this.view === null) {
      this.#early.push(changes);
      return;
    }
    const next = applyToHome(this.view, changes, this.personId);
    if (next === null) {
      void this.load();
      return;
    }
    this.view = next;
    this.#keep(next);
  }

  #keep(view: OwnerHome): void {
    this.#copy.soon();
    this.#offline.fetchSoon(view.threads);
  }
}
