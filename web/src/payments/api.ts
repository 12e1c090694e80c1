import { answerOf, client } from "$/platform/api";
import type { MessageView } from "$/platform/types";

const at = (thread_id: string, message_id: string) => ({ params: { path: { thread_id, message_id } } });
const PATH = "/api/v1/threads/{thread_id}/messages/{message_id}/payment";

/** Where to go to pay. */
export const openCheckout = (threadId: string, messageId: string): Promise<{ url: string }> =>
  answerOf(client.POST(`${PATH}/checkout`, at(threadId, messageId)));

export const checkPayment = (threadId: string, messageId: string): Promise<MessageView> =>
  answerOf(client.POST(`${PATH}/check`, at(threadId, messageId)));

export const cancelPayment = (threadId: string, messageId: string): Promise<MessageView> =>
  answerOf(client.POST(`${PATH}/cancel`, at(threadId, messageId)));
