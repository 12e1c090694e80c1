import { app } from "./api";
import { hasBeenSignedOut } from "./signed_out";
import type { ActivityState, AvailabilityView, Changes, LiveFrame } from "./types";

const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const TYPING_EVERY_MS = 3000;
const SIGNED_OUT = 4401;
const WITHOUT_GOODBYE = 1006;

type Frame<T extends LiveFrame["type"]> = Extract<LiveFrame, { type: T }>;
type Stop = () => void;

/** The one socket of a page. It reconnects by itself; `onOpen` says when to catch up. */
export class Live {
  #socket: WebSocket | null = null;
  #hasSaidHello = false;
  #attempt = 0;
  #isWanted = false;
  #reconnectTimer = 0;
  #silenceTimer = 0;
  #lastTyping = new Map<string, number>();
  #onChanges = new Set<(changes: Changes) => void>();
  #onActivity = new Set<(activity: Frame<"activity">) => void>();
  #onReports = new Set<() => void>();
  #onAvailability = new Set<(light: AvailabilityView) => void>();
  #onSchedule = new Set<(clinicId: string) => void>();
  #onConnections = new Set<() => void>();
  #onThreadAnew = new Set<(threadId: string, keptId: string) => void>();
  #onLabels = new Set<() => void>();
  #onDuty = new Set<() => void>();
  #onDraft = new Set<(draft: Frame<"draft">) => void>();
  #onOpen = new Set<() => void>();
  #onClose = new Set<() => void>();
  #onSignedOut = new Set<() => void>();

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    addEventListener("online", this.#hurry);
    addEventListener("offline", this.#drop);
    document.addEventListener("visibilitychange", this.#hurry);
    this.#connect();
  }

  stop(): void {
    this.#isWanted = false;
    removeEventListener("online", this.#hurry);
    removeEventListener("offline", this.#drop);
    document.removeEventListener("visibilitychange", this.#hurry);
    clearTimeout(this.#reconnectTimer);
    clearTimeout(this.#silenceTimer);
    this.#socket?.close();
    this.#socket = null;
  }

  onChanges(listen: (changes: Changes) => void): Stop {
    return subscribe(this.#onChanges, listen);
  }

  onActivity(listen: (activity: Frame<"activity">) => void): Stop {
    return subscribe(this.#onActivity, listen);
  }

  /** Something was reported, or a report resolved; for administrators. */
  onReports(listen: () => void): Stop {
    return subscribe(this.#onReports, listen);
  }

  onAvailability(listen: (light: AvailabilityView) => void): Stop {
    return subscribe(this.#onAvailability, listen);
  }

  /** An appointment at a clinic changed; a family hears of its own alone. */
  onSchedule(listen: (clinicId: string) => void): Stop {
    return subscribe(this.#onSchedule, listen);
  }

  /** An owner asks a clinic to connect a pet, or was answered; for its staff. */
  onConnections(listen: () => void): Stop {
    return subscribe(this.#onConnections, listen);
  }

  /** A thread's people or pets changed, or it has become part of the one with the kept id. */
  onThreadAnew(listen: (threadId: string, keptId: string) => void): Stop {
    return subscribe(this.#onThreadAnew, listen);
  }

  /** The practice's labels were changed; for its staff. */
  onLabels(listen: () => void): Stop {
    return subscribe(this.#onLabels, listen);
  }

  /** One's own duty was changed, on whichever screen. */
  onDuty(listen: () => void): Stop {
    return subscribe(this.#onDuty, listen);
  }

  /** One's own draft was kept or ended, on whichever screen. */
  onDraft(listen: (draft: Frame<"draft">) => void): Stop {
    return subscribe(this.#onDraft, listen);
  }

  /** Connected, for the first time or again: whatever is on the screen may be out of date. */
  onOpen(listen: () => void): Stop {
    return subscribe(this.#onOpen, listen);
  }

  onClose(listen: () => void): Stop {
    return subscribe(this.#onClose, listen);
  }

  onSignedOut(listen: () => void): Stop {
    return subscribe(this.#onSignedOut, listen);
  }

  /** Somebody touched this screen so long ago. */
  tellAtHand(idleSeconds: number): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify({ type: "at_hand", idle_seconds: idleSeconds }));
  }

  tell(threadId: string, state: ActivityState): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const isTooSoon = Date.now() - (this.#lastTyping.get(threadId) ?? 0) < TYPING_EVERY_MS;
    if (state === "typing" && isTooSoon) return;
    this.#lastTyping.set(threadId, state === "typing" ? Date.now() : 0);
    this.#socket.send(JSON.stringify({ type: "activity", thread_id: threadId, state }));
  }

  #connect(): void {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/api/v1/live?app=${app}`);
    this.#socket = socket;
    this.#hasSaidHello = false;
    this.#watchSilence();
    socket.addEventListener("message", (event) => this.#receive(socket, String(event.data)));
    socket.addEventListener("close", (event) => this.#lost(socket, event.code));
  }

  #receive(socket: WebSocket, text: string): void {
    if (socket !== this.#socket) return;
    this.#watchSilence();
    const frame = JSON.parse(text) as LiveFrame;
    switch (frame.type) {
      case "hello":
        this.#hasSaidHello = true;
        this.#attempt = 0;
        this.#tellOpen();
        return;
      case "resync": // the server could not follow for a moment: as good as a new connection
        this.#tellOpen();
        return;
      case "changes":
        for (const listen of this.#onChanges) listen(frame);
        return;
      case "activity":
        for (const listen of this.#onActivity) listen(frame);
        return;
      case "reports":
        for (const listen of this.#onReports) listen();
        return;
      case "availability":
        for (const listen of this.#onAvailability) listen(frame);
        return;
      case "connections":
        for (const listen of this.#onConnections) listen();
        return;
      case "labels":
        for (const listen of this.#onLabels) listen();
        return;
      case "duty":
        for (const listen of this.#onDuty) listen();
        return;
      case "draft":
        for (const listen of this.#onDraft) listen(frame);
        return;
      case "schedule":
        for (const listen of this.#onSchedule) listen(frame.clinic_id);
        return;
      case "thread_anew":
        for (const listen of this.#onThreadAnew) listen(frame.thread_id, frame.kept_id);
        return;
      case "signed_out":
        this.#signedOut();
        return;
      case "beat":
        return;
    }
  }

  #tellOpen(): void {
    for (const listen of this.#onOpen) listen();
  }

  #lost(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearTimeout(this.#silenceTimer);
    for (const listen of this.#onClose) listen();
    if (code === SIGNED_OUT) this.#signedOut();
    else if (this.#isWanted) this.#comeBack();
  }

  #comeBack(): void {
    this.#reconnectTimer = window.setTimeout(() => this.#connect(), this.#nextWait());
    if (!this.#hasSaidHello) void this.#askWhetherSignedOut();
  }

  /** A browser does not tell why a handshake failed: no network, or no session. */
  async #askWhetherSignedOut(): Promise<void> {
    if ((await hasBeenSignedOut()) && this.#isWanted && !this.#hasSaidHello) this.#signedOut();
  }

  /** A dead connection may never say so: nothing heard for this long means it is gone. */
  #watchSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = window.setTimeout(this.#drop, SILENCE_MS);
  }

  #drop = (): void => {
    const socket = this.#socket;
    if (socket === null) return;
    socket.close();
    this.#lost(socket, WITHOUT_GOODBYE);
  };

  /** Jittered, so that a restarted server is not met by every screen in the same second. */
  #nextWait(): number {
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt++);
    return ceiling / 2 + Math.random() * (ceiling / 2);
  }

  #hurry = (): void => {
    if (!this.#isWanted || this.#socket !== null || document.visibilityState === "hidden") return;
    clearTimeout(this.#reconnectTimer);
    this.#attempt = 0;
    this.#connect();
  };

  #signedOut(): void {
    this.stop();
    for (const listen of this.#onSignedOut) listen();
  }
}

export const live = new Live();

function subscribe<T>(listeners: Set<T>, listen: T): Stop {
  listeners.add(listen);
  return () => listeners.delete(listen);
}
