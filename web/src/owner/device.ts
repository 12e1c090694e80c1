import { word } from "$/platform/english";

type Name = [mark: RegExp, name: string];

// The order matters: most browsers also claim to be the ones below them.
const BROWSERS: Name[] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const MACHINES: Name[] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "Chromebook"],
  [/Mac OS X/, "Mac"],
  [/Linux/, "Linux"],
];

/** "Chrome on Android" for the name a browser gives itself; anything else stays as it is. */
export function deviceWords(userAgent: string): string {
  if (!userAgent.startsWith("Mozilla/")) return userAgent || word.unknownDevice;
  const browser = nameIn(BROWSERS, userAgent);
  const machine = nameIn(MACHINES, userAgent);
  if (browser === undefined || machine === undefined) return browser ?? machine ?? userAgent;
  return word.browserOn(browser, machine);
}

function nameIn(names: Name[], userAgent: string): string | undefined {
  return names.find(([mark]) => mark.test(userAgent))?.[1];
}
