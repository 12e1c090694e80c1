import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import { session } from "$/platform/session.svelte";

type Schemas = components["schemas"];
export type AskedConnection = Schemas["AskedConnection"];
export type NewPractice = Schemas["NewPractice"];
export type OtherPractice = Schemas["OtherPractice"];
export type OwnNewPet = Schemas["OwnNewPet"];
export type VetInvitation = Schemas["VetInvitationView"];
export type VetInvitationPlace = Schemas["VetInvitationPlace"];

const keyed = (key: string) => ({ params: { header: { "Idempotency-Key": key } } });

export async function loadOthers(): Promise<OtherPractice[]> {
  return (await answerOf(client.GET("/api/v1/session/owner/others"))).practices;
}

export async function switchTo(contact_id: string): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/session/owner/switch", { body: { contact_id } })), true);
}

export async function addPet(body: OwnNewPet, key: string): Promise<string> {
  return (await answerOf(client.POST("/api/v1/family/pets", { body, ...keyed(key) }))).id;
}

export async function askClinic(pet_id: string, clinic_id: string): Promise<void> {
  const path = { pet_id, clinic_id };
  await answerOf(client.PUT("/api/v1/pets/{pet_id}/connections/{clinic_id}", { params: { path } }));
}

export async function stopAsking(pet_id: string, clinic_id: string): Promise<void> {
  const path = { pet_id, clinic_id };
  await answerOf(client.DELETE("/api/v1/pets/{pet_id}/connections/{clinic_id}", { params: { path } }));
}

export async function loadInvitations(): Promise<VetInvitation[]> {
  return (await answerOf(client.GET("/api/v1/vet-invitations"))).invitations;
}

export const inviteVet = (pet_id: string, email: string | null, key: string): Promise<VetInvitation> =>
  answerOf(client.POST("/api/v1/vet-invitations", { body: { pet_id, email }, ...keyed(key) }));

export async function sendAgain(invitation_id: string): Promise<void> {
  const path = { invitation_id };
  await answerOf(client.POST("/api/v1/vet-invitations/{invitation_id}/send-again", { params: { path } }));
}

export async function withdraw(invitation_id: string): Promise<void> {
  const path = { invitation_id };
  await answerOf(client.DELETE("/api/v1/vet-invitations/{invitation_id}", { params: { path } }));
}

export const readInvitation = (token: string): Promise<VetInvitationPlace> =>
  answerOf(client.POST("/api/v1/vet-invitation", { body: { token } }));

export async function acceptInvitation(token: string, clinic_id: string, key: string): Promise<string> {
  const body = { token, clinic_id };
  return (await answerOf(client.POST("/api/v1/vet-invitation/accept", { body, ...keyed(key) }))).thread_id;
}

export async function startPractice(body: NewPractice): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/vet-invitation/practice", { body })));
}

export async function declineInvitation(token: string): Promise<void> {
  await answerOf(client.POST("/api/v1/vet-invitation/decline", { body: { token } }));
}

export async function loadNewConnections(): Promise<AskedConnection[]> {
  return (await answerOf(client.GET("/api/v1/connections/new"))).connections;
}

export async function acceptConnection(connection_id: string): Promise<string> {
  const path = { connection_id };
  return (await answerOf(client.POST("/api/v1/connections/{connection_id}/accept", { params: { path } }))).thread_id;
}

export async function declineConnection(connection_id: string): Promise<void> {
  const path = { connection_id };
  await answerOf(client.POST("/api/v1/connections/{connection_id}/decline", { params: { path } }));
}
