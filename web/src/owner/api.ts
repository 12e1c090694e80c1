import { answerOf, client } from "$/platform/api";
import type { AppTerms, DeviceView, OwnerHome } from "$/platform/types";

export function loadHome(): Promise<OwnerHome> {
  return answerOf(client.GET("/api/v1/pets"));
}

export function loadAppTerms(): Promise<AppTerms> {
  return answerOf(client.GET("/api/v1/app-terms"));
}

/** `terms` as they stood on the screen: the record says in which language. */
export function acceptAppTerms({ version, language }: AppTerms): Promise<AppTerms> {
  return answerOf(client.POST("/api/v1/app-terms", { body: { version, language } }));
}

export async function signedInDevices(): Promise<DeviceView[]> {
  return (await answerOf(client.GET("/api/v1/sessions"))).sessions;
}

export async function signOutDevice(sessionId: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id: sessionId } } }));
}
