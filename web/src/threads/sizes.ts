import { locale } from "$/platform/language";
/** `184 KB`, `2.4 MB` */
export function fileSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${(bytes / 1_000_000).toLocaleString(locale(), digits)} MB`;
}

const LARGEST = { width: 280, height: 260 };

/** The size of a photo in a thread, in CSS pixels: its own shape, within limits. */
export function fitPhoto(width: number | null, height: number | null): { width: number; height: number } {
  if (!width || !height) return LARGEST;
  const scale = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** `0:07`, `12:30` */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
