import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type TranscriptChoices = components["schemas"]["TranscriptChoices"];
export type Recipient = components["schemas"]["Recipient"];
type TranscriptMail = components["schemas"]["TranscriptMailView"];

const of = (thread_id: string, conversation_id: string) => ({ path: { thread_id, conversation_id } });

export const getChoices = (threadId: string, conversationId: string): Promise<TranscriptChoices> =>
  answerOf(
    client.GET("/api/v1/threads/{thread_id}/conversations/{conversation_id}/transcript", {
      params: of(threadId, conversationId),
    }),
  );

export type TeamParts = { with_notes: boolean; with_deleted: boolean };

export const loadTranscript = (threadId: string, conversationId: string, query: TeamParts): Promise<Blob> =>
  answerOf(
    client.GET("/api/v1/threads/{thread_id}/conversations/{conversation_id}/transcript.pdf", {
      params: { ...of(threadId, conversationId), query },
      parseAs: "blob",
    }),
  );

/** `key`: of one press of the button. */
export const sendTranscript = (
  threadId: string,
  conversationId: string,
  { contact_id, key }: { contact_id: string; key: string },
): Promise<TranscriptMail> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/transcript-mails", {
      params: { ...of(threadId, conversationId), header: { "Idempotency-Key": key } },
      body: { contact_id },
    }),
  );
