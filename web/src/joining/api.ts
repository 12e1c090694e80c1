import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import { session } from "$/platform/session.svelte";
import { enterAs } from "$/sign_in/api";

type Schemas = components["schemas"];
export type CodeAttempt = Schemas["CodeOnItsWay"];
export type JoinPlace = Schemas["JoinPlace"];
export type InvitationPlace = Schemas["InvitationPlace"];
export type Invitation = Schemas["InvitationView"];
export type Invitations = Schemas["Invitations"];
export type NewInvitation = Schemas["NewInvitation"];
export type PetsToConnect = Schemas["PetsToConnect"];
export type Applicant = Schemas["SignUpRequest"];

export const readCode = (code: string): Promise<JoinPlace> =>
  answerOf(client.GET("/api/v1/join/{code}", { params: { path: { code } } }));

export const start = (code: string, body: Applicant): Promise<CodeAttempt> =>
  answerOf(client.POST("/api/v1/join/{code}/start", { params: { path: { code } }, body }));

/** Throws `WhoAreYou` when the code is right and several people share the address. */
export const verify = (attempt_id: string, code: string, contact_id: string | null): Promise<void> =>
  enterAs(client.POST("/api/v1/join/verify", { body: { attempt_id, code, contact_id } }));

export const connectPets = (code: string, body: PetsToConnect, key: string): Promise<{ thread_id: string }> =>
  answerOf(
    client.POST("/api/v1/join/{code}/pets", {
      params: { path: { code }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

export const readInvitation = (token: string): Promise<InvitationPlace> =>
  answerOf(client.POST("/api/v1/invitation", { body: { token } }));

export async function acceptInvitation(token: string): Promise<void> {
  session.accept(await answerOf(client.POST("/api/v1/invitation/accept", { body: { token } })));
}

export const startByInvitation = (body: Schemas["InvitedSignUp"]): Promise<CodeAttempt> =>
  answerOf(client.POST("/api/v1/invitation/start", { body }));

export const loadInvitations = (): Promise<Invitations> => answerOf(client.GET("/api/v1/family/invitations"));

export const invite = (body: NewInvitation, key: string): Promise<Invitation> =>
  answerOf(client.POST("/api/v1/family/invitations", { body, params: { header: { "Idempotency-Key": key } } }));

export async function withdrawInvitation(invitation_id: string): Promise<void> {
  const path = { invitation_id };
  await answerOf(client.DELETE("/api/v1/family/invitations/{invitation_id}", { params: { path } }));
}
