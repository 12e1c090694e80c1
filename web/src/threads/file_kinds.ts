import type { AttachmentView } from "$/platform/types";

type Typed = Pick<AttachmentView, "media_type">;

export function isPhoto({ media_type }: Typed): boolean {
  return media_type.startsWith("image/");
}

export function isVideo({ media_type }: Typed): boolean {
  return media_type.startsWith("video/");
}

export function isVoice({ media_type }: Typed): boolean {
  return media_type.startsWith("audio/");
}

/** `Photo`, `2 videos`, `3 files`: what came with a message, for a list of threads. */
export function filesInWords(files: Typed[]): string {
  const [one, many] = wordsFor(files);
  return files.length === 1 ? one : `${files.length} ${many}`;
}

function wordsFor(files: Typed[]): [string, string] {
  if (files.every(isPhoto)) return ["Photo", "photos"];
  if (files.every(isVideo)) return ["Video", "videos"];
  if (files.every(isVoice)) return ["Voice note", "voice notes"];
  if (files.every((file) => file.media_type === "application/pdf")) return ["PDF", "PDFs"];
  return ["File", "files"];
}
