import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

export type Notifications = components["schemas"]["NotificationsView"];
export type PushRequest = components["schemas"]["PushRequest"];

export const getNotifications = (): Promise<Notifications> => answerOf(client.GET("/api/v1/notifications"));

export const setMailed = (is_mailed: boolean): Promise<Notifications> =>
  answerOf(client.PUT("/api/v1/notifications", { body: { is_mailed } }));

export const tellBrowser = (body: PushRequest): Promise<Notifications> =>
  answerOf(client.PUT("/api/v1/notifications/browser", { body }));

export type TeamBrowser = components["schemas"]["TeamBrowserView"];

export const getTeamBrowser = (): Promise<TeamBrowser> => answerOf(client.GET("/api/v1/team-browser"));

export const tellTeamBrowser = (body: PushRequest): Promise<TeamBrowser> =>
  answerOf(client.PUT("/api/v1/team-browser", { body }));

export const setOnlyOnDuty = (only_on_duty: boolean): Promise<TeamBrowser> =>
  answerOf(client.PATCH("/api/v1/team-browser", { body: { only_on_duty } }));

export async function tellTeamBrowserNoMore(): Promise<void> {
  await answerOf(client.DELETE("/api/v1/team-browser"));
}

export async function tellBrowserNoMore(): Promise<void> {
  await answerOf(client.DELETE("/api/v1/notifications/browser"));
}
