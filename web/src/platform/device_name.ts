import { word } from "./english";

const BROWSERS: [RegExp, string][] = [
  [/edg(a|ios)?\//i, "Edge"],
  [/opr\//i, "Opera"],
  [/samsungbrowser/i, "Samsung Internet"],
  [/firefox|fxios/i, "Firefox"],
  [/chrome|crios/i, "Chrome"],
  [/safari/i, "Safari"],
];

const SYSTEMS: [RegExp, string][] = [
  [/iphone/i, "iPhone"],
  [/ipad/i, "iPad"],
  [/android/i, "Android"],
  [/windows/i, "Windows"],
  [/mac os|macintosh/i, "Mac"],
  [/cros/i, "Chromebook"],
  [/linux/i, "Linux"],
];

/** `Chrome on Windows` for what a browser says of itself; anything else stays as it is. */
export function deviceName(device: string): string {
  if (!/mozilla\//i.test(device)) return device || word.unknownDevice;
  const named = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(device))?.[1];
  return word.browserOn(named(BROWSERS) ?? word.someBrowser, named(SYSTEMS) ?? word.someDevice);
}
