import { answerOf, client } from "$/platform/api";

export async function shareDevice(session_id: string, is_shared: boolean): Promise<void> {
  const params = { path: { session_id } };
  await answerOf(client.PUT("/api/v1/sessions/{session_id}/shared", { params, body: { is_shared } }));
}

/** Somebody touched this computer so long ago. */
export async function tellTouch(idle_seconds: number): Promise<void> {
  await answerOf(client.POST("/api/v1/session/touch", { body: { idle_seconds } }));
}

export async function unlockWithPin(pin: string): Promise<void> {
  await answerOf(client.POST("/api/v1/session/unlock", { body: { pin } }));
}

export async function unlockWithPassword(password: string): Promise<void> {
  await answerOf(client.POST("/api/v1/session/unlock/password", { body: { password } }));
}

export async function choosePin(password: string, pin: string): Promise<void> {
  await answerOf(client.PUT("/api/v1/session/pin", { body: { password, pin } }));
}
