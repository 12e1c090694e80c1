import type { ConversationView } from "$/platform/types";

export type WantedTranscript = { threadId: string; conversation: ConversationView };

/** Of which conversation a transcript is being made. It may be asked for after its thread has left the screen. */
class Transcripts {
  wanted = $state.raw<WantedTranscript | null>(null);

  ask(threadId: string, conversation: ConversationView): void {
    this.wanted = { threadId, conversation };
  }

  close(): void {
    this.wanted = null;
  }
}

export const transcripts = new Transcripts();
