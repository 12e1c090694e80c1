import { answerOf, client, newKey } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { ConversationView, ReadMarkView } from "$/platform/types";

type Schemas = components["schemas"];
export type Label = Schemas["LabelView"];
export type LabelDraft = Schemas["LabelDraft"];
export type LabelColour = Label["colour"];
export type SnoozeChoices = Schemas["SnoozeChoices"];
export type SnoozeChoice = Schemas["SnoozeChoice"];
/** Where a conversation is. */
export type Place = { threadId: string; conversationId: string };

const at = ({ threadId, conversationId }: Place) => ({ thread_id: threadId, conversation_id: conversationId });

export const markUnread = (thread_id: string): Promise<ReadMarkView> =>
  answerOf(client.POST("/api/v1/threads/{thread_id}/mark-unread", { params: { path: { thread_id } } }));

export const putUrgency = (place: Place, is_urgent: boolean): Promise<ConversationView> =>
  answerOf(
    client.PUT("/api/v1/threads/{thread_id}/conversations/{conversation_id}/urgency", {
      params: { path: at(place) },
      body: { is_urgent },
    }),
  );

export const putLabel = (place: Place, label_id: string): Promise<ConversationView> =>
  answerOf(
    client.PUT("/api/v1/threads/{thread_id}/conversations/{conversation_id}/labels/{label_id}", {
      params: { path: { ...at(place), label_id } },
    }),
  );

export const takeLabelOff = (place: Place, label_id: string): Promise<ConversationView> =>
  answerOf(
    client.DELETE("/api/v1/threads/{thread_id}/conversations/{conversation_id}/labels/{label_id}", {
      params: { path: { ...at(place), label_id } },
    }),
  );

export const getSnoozeChoices = (place: Place): Promise<SnoozeChoices> =>
  answerOf(
    client.GET("/api/v1/threads/{thread_id}/conversations/{conversation_id}/snooze-choices", {
      params: { path: at(place) },
    }),
  );

/** `wall_clock` is a time at the clinic, without a zone; `seen_seq` of the last message that the screen has. */
export const snooze = (place: Place, wall_clock: string, seen_seq: number | null): Promise<ConversationView> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/snooze", {
      params: { path: at(place) },
      body: { wall_clock, seen_seq },
    }),
  );

export const wake = (place: Place): Promise<ConversationView> =>
  answerOf(
    client.POST("/api/v1/threads/{thread_id}/conversations/{conversation_id}/wake", { params: { path: at(place) } }),
  );

export async function getLabels(): Promise<Label[]> {
  return (await answerOf(client.GET("/api/v1/labels"))).labels;
}

export const addLabel = (body: LabelDraft): Promise<Label> =>
  answerOf(client.POST("/api/v1/labels", { params: { header: { "Idempotency-Key": newKey() } }, body }));

export const changeLabel = (label_id: string, body: LabelDraft): Promise<Label> =>
  answerOf(client.PATCH("/api/v1/labels/{label_id}", { params: { path: { label_id } }, body }));

export const countUse = (label_id: string): Promise<{ conversations: number }> =>
  answerOf(client.GET("/api/v1/labels/{label_id}/use", { params: { path: { label_id } } }));

export const deleteLabel = (label_id: string): Promise<{ conversations: number }> =>
  answerOf(client.DELETE("/api/v1/labels/{label_id}", { params: { path: { label_id } } }));
