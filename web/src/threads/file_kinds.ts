import type { AttachmentView } from "$/platform/types";
import { say } from "./files_english";

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
  if (files.every(isPhoto)) return say.photos(files.length);
  if (files.every(isVideo)) return say.videos(files.length);
  if (files.every(isVoice)) return say.voiceNotes(files.length);
  if (files.every((file) => file.media_type === "application/pdf")) return say.papers(files.length);
  return say.files(files.length);
}
