import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";

type Schemas = components["schemas"];
export type FamilyInvitations = Schemas["FamilyInvitations"];
export type TeamInvitation = Schemas["TeamInvitationView"];

export const loadFamilyInvitations = (family_id: string): Promise<FamilyInvitations> =>
  answerOf(client.GET("/api/v1/families/{family_id}/invitations", { params: { path: { family_id } } }));

export const inviteToApp = (family_id: string, body: Schemas["TeamInvitation"], key: string): Promise<TeamInvitation> =>
  answerOf(
    client.POST("/api/v1/families/{family_id}/invitations", {
      params: { path: { family_id }, header: { "Idempotency-Key": key } },
      body,
    }),
  );

export async function withdrawFromTeam(family_id: string, invitation_id: string): Promise<void> {
  const params = { path: { family_id, invitation_id } };
  await answerOf(client.DELETE("/api/v1/families/{family_id}/invitations/{invitation_id}", { params }));
}
