import { type Detect, makeDetect } from "./detecting";
import { say } from "./english";

const LOOK_EVERY_MS = 150;

/** The camera at the back of the phone, looking for QR codes until it is stopped. */
export class Camera {
  state = $state<"starting" | "on" | "off">("starting");
  /** Why there is no picture. */
  problem = $state<string | null>(null);
  #stream: MediaStream | null = null;
  #isWanted = true;
  #timer = 0;

  async start(video: HTMLVideoElement, onFound: (text: string) => void): Promise<void> {
    try {
      const [stream, detect] = await Promise.all([openCamera(), makeDetect()]);
      this.#stream = stream;
      // The person may have given up while the browser was asking.
      if (!this.#isWanted) return this.stop();
      video.srcObject = stream;
      await video.play();
      this.state = "on";
      this.#look(video, detect, onFound);
    } catch (error) {
      this.stop();
      this.problem = wordsFor(error);
    }
  }

  stop(): void {
    this.#isWanted = false;
    this.state = "off";
    clearTimeout(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
  }

  #look(video: HTMLVideoElement, detect: Detect, onFound: (text: string) => void): void {
    this.#timer = window.setTimeout(async () => {
      const text = await detect(video).catch(() => null);
      if (!this.#isWanted) return;
      if (text) onFound(text);
      this.#look(video, detect, onFound);
    }, LOOK_EVERY_MS);
  }
}

async function openCamera(): Promise<MediaStream> {
  // Browsers hide cameras from pages that came without encryption.
  if (navigator.mediaDevices === undefined) throw new DOMException("hidden", "NotFoundError");
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
}

function wordsFor(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError") return say.cameraDenied;
  if (name === "NotFoundError") return say.cameraMissing;
  return name === "NotReadableError" ? say.cameraInUse : say.cameraFailed;
}
