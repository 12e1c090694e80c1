import { answerOf, client } from "$/platform/api";
import type {
  ClientView,
  ConsentLedger,
  NewTextConversation,
  Profile,
  StartedConversation,
  Subscription,
  SupportBundle,
  ThreadTexting,
  Troubleshooting,
} from "./thread_types";

const contact = (contact_id: string) => ({ path: { contact_id } });
const message = (thread_id: string, message_id: string) => ({ params: { path: { thread_id, message_id } } });

export const getThreadTexting = (thread_id: string): Promise<ThreadTexting> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/texting", { params: { path: { thread_id } } }));

export const startConversation = (body: NewTextConversation): Promise<StartedConversation> =>
  answerOf(client.POST("/api/v1/texting/conversations", { body }));

export async function optOut(conversation_id: string): Promise<void> {
  const params = { path: { conversation_id } };
  await answerOf(client.POST("/api/v1/text-conversations/{conversation_id}/opt-out", { params }));
}

export const getClient = (id: string): Promise<ClientView> =>
  answerOf(client.GET("/api/v1/contacts/{contact_id}", { params: contact(id) }));

export const changeClient = (id: string, body: Profile): Promise<ClientView> =>
  answerOf(client.PATCH("/api/v1/contacts/{contact_id}", { params: contact(id), body }));

export const getLedger = (id: string, number: string): Promise<ConsentLedger> =>
  answerOf(client.GET("/api/v1/contacts/{contact_id}/consent", { params: { ...contact(id), query: { number } } }));

export const putSubscription = (id: string, body: Subscription): Promise<ClientView> =>
  answerOf(client.PUT("/api/v1/contacts/{contact_id}/subscriptions", { params: contact(id), body }));

export const getTroubleshooting = (threadId: string, messageId: string): Promise<Troubleshooting> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/messages/{message_id}/delivery", message(threadId, messageId)));

export const getSupportFile = (threadId: string, messageId: string): Promise<SupportBundle> =>
  answerOf(client.GET("/api/v1/threads/{thread_id}/messages/{message_id}/support-file", message(threadId, messageId)));

export async function tryAgain(threadId: string, messageId: string): Promise<void> {
  const path = "/api/v1/threads/{thread_id}/messages/{message_id}/try-again";
  await answerOf(client.POST(path, message(threadId, messageId)));
}
