import { answerOf, client } from "$/platform/api";
import type { components } from "$/platform/schema";
import type { FoundMessages } from "$/platform/types";

type Schemas = components["schemas"];
export type FamilyMatch = Schemas["FamilyMatch"];
export type FoundNumber = Schemas["FoundNumber"];
export type FamilyMatches = Schemas["FamilyMatches"];
export type Part = Schemas["Part"];

/** What messages are narrowed down to; moments are ISO, `before` is not part of the time any more. */
export type MessageQuery = {
  q: string;
  clinic_id: string | null;
  written_by: "family" | "team" | null;
  since: string | null;
  before: string | null;
  with_files: boolean;
  cursor: string | null;
};

export const findFamilies = (q: string, clinic_id: string | null): Promise<FamilyMatches> =>
  answerOf(client.GET("/api/v1/search/families", { params: { query: { q, clinic_id } } }));

export const findMessages = (query: MessageQuery): Promise<FoundMessages> =>
  answerOf(client.GET("/api/v1/search/messages", { params: { query } }));
