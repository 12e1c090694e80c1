/** Finds the text of a QR code in what the camera shows right now; null while there is none. */
export type Detect = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

declare global {
  interface Window {
    /** Not in Firefox, Safari and most desktops. */
    BarcodeDetector?: DetectorClass;
  }
}

/** More pixels cost time and find nothing more in a code that fills the frame. */
const LONGEST_SIDE = 640;

export async function makeDetect(): Promise<Detect> {
  return (await detectOfBrowser()) ?? (await detectOfOurOwn());
}

async function detectOfBrowser(): Promise<Detect | null> {
  const Found = window.BarcodeDetector;
  // Some browsers have the class and no code that it could read.
  const formats = (await Found?.getSupportedFormats().catch(() => [])) ?? [];
  if (Found === undefined || !formats.includes("qr_code")) return null;
  const detector = new Found({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
}

async function detectOfOurOwn(): Promise<Detect> {
  const { default: decodeQR } = await import("qr/decode.js");
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return async (video) => {
    if (context === null || video.videoWidth === 0) return null;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    Object.assign(context.canvas, { width, height });
    context.drawImage(video, 0, 0, width, height);
    try {
      return decodeQR(context.getImageData(0, 0, width, height));
    } catch {
      // It says so by an error when there is no code in the picture.
      return null;
    }
  };
}
