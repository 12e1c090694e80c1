import { say } from "./english";
import { say as files } from "./files_english";

/** What browsers record: Chromium and Firefox the first, Safari the second. */
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const BITS_PER_SECOND = 32_000;
export const LONGEST_SECONDS = 300;

export const canRecord = "MediaRecorder" in window && navigator.mediaDevices !== undefined;

/** A voice note in the making. */
export class Recording {
  state = $state<"off" | "asking" | "on">("off");
  seconds = $state(0);
  /** Why there is none. */
  problem = $state<string | null>(null);
  #recorder: MediaRecorder | null = null;
  #recorded: File | null = null;
  #isWanted = false;
  #timer = 0;
  #onDone: (file: File) => void;

  constructor(onDone: (file: File) => void) {
    this.#onDone = onDone;
  }

  async start(): Promise<void> {
    if (this.state !== "off") return;
    this.state = "asking";
    this.problem = null;
    this.#isWanted = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (this.#isWanted) this.#record(stream);
      else end(stream);
    } catch (error) {
      this.state = "off";
      this.problem = wordsFor(error);
    }
  }

  /** It is good as it is. */
  finish(): void {
    this.#isWanted = false;
    if (this.#recorder === null) this.state = "off";
    else this.#recorder.stop();
  }

  cancel(): void {
    if (this.#recorder !== null) this.#recorder.ondataavailable = null;
    this.finish();
  }

  #record(stream: MediaStream): void {
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType && { mimeType }) });
    this.#recorded = null;
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) this.#recorded = asFile(data, recorder.mimeType);
    };
    recorder.onstop = () => this.#stopped(stream);
    const startedAt = performance.now();
    this.#timer = window.setInterval(() => {
      this.seconds = (performance.now() - startedAt) / 1000;
      if (this.seconds >= LONGEST_SECONDS) this.finish();
    }, 200);
    this.seconds = 0;
    this.#recorder = recorder;
    this.state = "on";
    recorder.start();
  }

  #stopped(stream: MediaStream): void {
    clearInterval(this.#timer);
    end(stream);
    this.#recorder = null;
    this.state = "off";
    if (this.#recorded !== null) this.#onDone(this.#recorded);
  }
}

function asFile(data: Blob, mimeType: string): File {
  const [type = "audio/webm"] = mimeType.split(";");
  return new File([data], `${files.voiceNotes(1)}.${type.split("/")[1]}`, { type });
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function wordsFor(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return say.micDenied;
  if (name === "NotFoundError") return say.micMissing;
  return name === "NotReadableError" ? say.micInUse : say.micFailed;
}
