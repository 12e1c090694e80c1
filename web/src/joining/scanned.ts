/** What a scanned or typed text turned out to be. Only an address of this very site leads anywhere. */
export type Scanned = { kind: "join"; address: string } | { kind: "other"; text: string };

const CODE = /^[0-9a-z]{20}$/;
const LINK = /^\/c\/([0-9a-z]{20})$/;
const LOOPBACK = /^(127\.0\.0\.1|localhost)(?=:|$)/;
const LONGEST_SHOWN = 120;

/** `host`: ours, as in `location.host`. People type an address without its scheme, and a code in any case and in groups. */
export function readScanned(text: string, host: string): Scanned {
  const bare = text.replace(/[\s-]/g, "").toLowerCase();
  const code = CODE.test(bare) ? bare : codeIn(text.trim(), host);
  if (code !== null) return { kind: "join", address: `/owner/join#code=${code}&via=qr` };
  const shown = text.trim();
  return { kind: "other", text: shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN)}…` : shown };
}

function codeIn(text: string, host: string): string | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isOurs = /^https?:$/.test(url.protocol) && oneName(url.host) === oneName(host);
  return isOurs ? (LINK.exec(url.pathname.toLowerCase())?.[1] ?? null) : null;
}

/** A server on one's own machine goes by two names. */
function oneName(host: string): string {
  return host.toLowerCase().replace(LOOPBACK, "localhost");
}
