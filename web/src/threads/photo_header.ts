export type PhotoHeader = { width: number; height: number; hasNotes: boolean };

const START = 0xd8;
const START_OF_SCAN = 0xda;
/** What a picture needs to be drawn: JFIF, a colour profile, Adobe's colour order. All else tells where and with what it was taken. */
const DRAWN_WITH: Record<number, string> = { 224: "JFIF", 226: "ICC_PROFILE", 238: "Adobe" };
const COMMENT = 0xfe;

/** Of a JPEG, from its first bytes: size and whether it carries notes (EXIF, XMP, comments). `null` for what is none. */
export function readJpegHeader(head: Uint8Array<ArrayBuffer>): PhotoHeader | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4 || view.getUint16(0) !== 0xff00 + START) return null;
  let hasNotes = false;
  let at = 2;
  while (at + 10 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0;
    if (marker === START_OF_SCAN) return null;
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), hasNotes };
    hasNotes ||= isNote(marker, head.subarray(at + 4, at + 16));
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function isNote(marker: number, content: Uint8Array): boolean {
  if (marker === COMMENT) return true;
  if (marker < 0xe0 || marker > 0xef) return false;
  const needed = DRAWN_WITH[marker];
  return needed === undefined || !String.fromCharCode(...content).startsWith(needed);
}
