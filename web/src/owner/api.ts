import { answerOf, client } from "$/platform/api";
import type { DeviceView, OwnerHome } from "$/platform/types";

export function loadHome(): Promise<OwnerHome> {
  return answerOf(client.GET("/api/v1/pets"));
}

export async function signedInDevices(): Promise<DeviceView[]> {
  return (await answerOf(client.GET("/api/v1/sessions"))).sessions;
}

export async function signOutDevice(sessionId: string): Promise<void> {
  await answerOf(client.DELETE("/api/v1/sessions/{session_id}", { params: { path: { session_id: sessionId } } }));
}
