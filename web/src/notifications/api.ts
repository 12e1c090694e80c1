import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type Notifications = components["schemas"]["NotificationsView"];
export type PushRequest = components["schemas"]["PushRequest"];

export const getNotifications = (): Promise<Notifications> => answerOf(client.GET("/api/v1/notifications"));

export const setMailed = (is_mailed: boolean): Promise<Notifications> =>
  answerOf(client.PUT("/api/v1/notifications", { body: { is_mailed } }));

export const tellBrowser = (body: PushRequest): Promise<Notifications> =>
  answerOf(client.PUT("/api/v1/notifications/browser", { body }));

export async function tellBrowserNoMore(): Promise<void> {
  await answerOf(client.DELETE("/api/v1/notifications/browser"));
}
