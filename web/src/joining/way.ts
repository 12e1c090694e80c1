/** How somebody came to the joining screen. */
export type Way =
  | { kind: "clinic"; code: string; via: "qr" | "link" }
  | { kind: "invitation"; token: string }
  | { kind: "none" };

/** What stands behind the "#", which no server or proxy on the way sees. */
export function readWay(hash: string): Way {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const [code, token] = [parts.get("code"), parts.get("invitation")];
  if (code) return { kind: "clinic", code, via: parts.get("via") === "qr" ? "qr" : "link" };
  return token ? { kind: "invitation", token } : { kind: "none" };
}
