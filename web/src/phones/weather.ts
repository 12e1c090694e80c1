import type { Weather } from "./types";

export interface Slider {
  label: string;
  fields: [keyof Weather, ...(keyof Weather)[]];
  most: number;
  step: number;
}

const share = (label: string, ...fields: Slider["fields"]): Slider => ({ label, fields, most: 1, step: 0.05 });

export const SLIDERS: Slider[] = [
  { label: "Latency", fields: ["latency_seconds"], most: 5, step: 0.1 },
  share("Lost answers", "lost_answers"),
  share("Duplicate receipts", "duplicate_receipts"),
  share("Receipts out of order", "reordered_receipts"),
  share("Late receipts", "late_receipts"),
  share("Missing receipts", "missing_receipts"),
  share("Server errors (5xx)", "errors_before", "errors_after"),
  share("Too many requests (429)", "too_many"),
  share("Wrong signatures", "wrong_signatures"),
  share("Texts handed over twice", "lost_hook_answers"),
];

export function shownValue(slider: Slider, weather: Weather): string {
  const value = weather[slider.fields[0]];
  return slider.most === 1 ? `${Math.round(value * 100)} %` : `${value.toFixed(1)} s`;
}

/** Whether what the sliders show is the same in both. */
export function isLike(weather: Weather, other: Weather): boolean {
  return SLIDERS.every(({ fields }) => fields.every((field) => Math.abs(weather[field] - other[field]) < 0.001));
}
