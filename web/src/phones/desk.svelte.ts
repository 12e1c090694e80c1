import { asProblem, type Problem, Refusal, wordsOf } from "$/platform/problems";
import { toasts } from "$/platform/toasts.svelte";
import { carrier, demo, EVENTS_ADDRESS, loadCarrier, type Typed } from "./api";
import { applyEvent, isOver, type PhonesState } from "./reduce";
import { OLIVE, perform, prepare } from "./scenario_actions";
import type { CarrierEvent, DemoTime, StepEvent, Text, TimeMove, Weather } from "./types";

const TIME_EVERY_MS = 10_000;

/** The phones on the desk, the carrier behind them, and the demo's time. */
export class PhonesDesk {
  known = $state.raw<PhonesState | null>(null);
  time = $state.raw<DemoTime | null>(null);
  problem = $state.raw<Problem | null>(null);
  isConnected = $state(false);
  isStarting = $state(false);
  #source: EventSource | null = null;
  #early: CarrierEvent[] = [];
  #ownRun: string | null = null;
  #performed = new Set<string>();
  #waiting: StepEvent | null = null;

  /** Watch until the returned function is called. */
  watch(): () => void {
    this.#listen();
    void this.#lookAtTime();
    const timer = setInterval(() => document.visibilityState === "visible" && void this.#lookAtTime(), TIME_EVERY_MS);
    return () => {
      clearInterval(timer);
      this.#source?.close();
    };
  }

  again(): void {
    this.problem = null;
    this.#source?.close();
    this.#listen();
  }

  async text(from: string, typed: Typed): Promise<void> {
    await carrier.sendText(from, typed);
  }

  async moveTime(move: TimeMove): Promise<void> {
    await this.#try(async () => {
      this.time = await demo.moveTime(move);
    });
  }

  async changeWeather(values: Partial<Weather>): Promise<void> {
    await this.#try(() => carrier.changeWeather(values));
  }

  async act(call: Promise<unknown>): Promise<void> {
    await this.#try(() => call);
  }

  async run(scenario: string): Promise<void> {
    const block = this.known?.blocks.find(({ phone }) => phone === OLIVE) ?? null;
    this.isStarting = true;
    await this.#try(async () => {
      await carrier.stopScenario();
      await prepare(scenario, block?.number ?? null);
      this.#ownRun = (await carrier.runScenario(scenario)).run_id;
      this.#performWaiting();
    });
    this.isStarting = false;
  }

  async stop(): Promise<void> {
    await this.#try(() => carrier.stopScenario());
    if (this.known?.run) this.known = { ...this.known, run: { ...this.known.run, isStopped: true } };
  }

  #listen(): void {
    // The stream first, so that nothing falls between what is loaded and what happens next.
    const source = new EventSource(EVENTS_ADDRESS);
    this.#source = source;
    source.onopen = () => void this.#load();
    source.onmessage = ({ data }) => this.#take(JSON.parse(data) as CarrierEvent);
    source.onerror = () => this.#lost(source);
  }

  async #load(): Promise<void> {
    this.#early = [];
    const run = this.known?.run ?? null;
    try {
      const loaded = await loadCarrier((text) => this.known?.texts.get(text.sid)?.moved_seconds ?? 0);
      this.known = this.#early.reduce((state, event) => (event.type === "reset" ? state : applyEvent(state, event)), {
        ...loaded,
        run,
      });
      this.isConnected = true;
      this.problem = null;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  #lost(source: EventSource): void {
    this.isConnected = false;
    // A browser gives up for good on an address that answers with an error.
    if (source.readyState !== EventSource.CLOSED) return;
    this.problem ??= new Refusal(
      503,
      "unavailable",
      "",
      "The simulated carrier does not answer. Is the demo running?",
      {},
    );
    setTimeout(() => this.#source === source && this.#listen(), 3000);
  }

  #take(event: CarrierEvent): void {
    if (event.type === "reset") {
      void this.#load();
      return;
    }
    if (event.type === "text") event.text = this.#dated(event.text);
    if (!this.isConnected) this.#early.push(event);
    if (this.known === null) return;
    this.known = applyEvent(this.known, event);
    if (event.type === "step") this.#performIfAsked(event);
  }

  /** The carrier knows nothing of the demo's clock. */
  #dated(text: Text): Text {
    const before = this.known?.texts.get(text.sid)?.moved_seconds;
    return { ...text, moved_seconds: before ?? this.time?.offset_seconds ?? 0 };
  }

  #performIfAsked(event: StepEvent): void {
    this.#waiting = event.state === "waiting" ? event : null;
    this.#performWaiting();
  }

  /** Only the page that started a run acts for it; the run's first step may be told before its id is. */
  #performWaiting(): void {
    const asked = this.#waiting;
    if (asked === null || asked.run_id !== this.#ownRun) return;
    const key = `${asked.run_id} ${asked.step}`;
    if (this.#performed.has(key)) return;
    this.#performed.add(key);
    void this.#perform(asked.action);
  }

  async #perform(action: string): Promise<void> {
    try {
      await perform(action);
      await carrier.stepIsDone();
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
      await this.stop();
    }
    await this.#lookAtTime();
  }

  async #lookAtTime(): Promise<void> {
    try {
      this.time = await demo.time();
    } catch (error) {
      asProblem(error);
    }
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      toasts.show(wordsOf(asProblem(error)));
    }
  }

  get isRunning(): boolean {
    const run = this.known?.run ?? null;
    return this.isStarting || (run !== null && !isOver(run));
  }
}
