import type { components } from "./schema";

type Schemas = components["schemas"];

export type AttachmentView = Schemas["AttachmentView"];
export type AvailabilityView = Schemas["AvailabilityView"];
export type Changes = Schemas["Changes"];
export type ClinicView = Schemas["ClinicView"];
export type ContactView = Schemas["families_views_ContactView"];
export type ConnectionView = Schemas["ConnectionView"];
export type ConversationView = Schemas["ConversationView"];
export type DeliveryView = Schemas["DeliveryView"];
export type DeviceView = Schemas["DeviceView"];
export type FamilyMatch = Schemas["FoundFamily"];
export type FamilyView = Schemas["FamilyView"];
export type InboxPage = Schemas["Inbox"];
export type UnreadCount = Schemas["Unread"];
export type InboxRow = Schemas["InboxRow"];
export type FoundMessage = Schemas["FoundMessage"];
export type FoundMessages = Schemas["FoundMessages"];
export type MergePreview = Schemas["MergePreview"];
export type MergingFamily = Schemas["MergingFamily"];
export type MessagePage = Schemas["MessagePage"];
export type MessageView = Schemas["MessageView"];
export type NewContact = Schemas["NewContact"];
export type NewFamily = Schemas["NewFamily"];
export type NewMessage = Schemas["MessageDraft"];
export type NewPet = Schemas["NewPet"];
export type NewStaff = Schemas["NewStaffMember"];
export type OwnedPet = Schemas["OwnPet"];
export type OwnedThread = Schemas["OwnThread"];
export type AccessOfDay = Schemas["AccessOfDay"];
export type AccessReason = Schemas["AccessReason"];
export type AppTerms = Schemas["AppTerms"];
export type OwnerHome = Schemas["OwnPets"];
export type PaymentView = Schemas["PaymentView"];
export type PetName = Schemas["PetName"];
export type PetPicture = Schemas["PetPicture"];
export type PetPictures = Schemas["PetPictures"];
export type PetView = Schemas["PetView"];
export type ReadMarkView = Schemas["ReadMarkView"];
export type SessionView = Schemas["SessionView"];
export type StaffView = Schemas["StaffMemberView"];
export type StaffChange = Schemas["StaffChange"];
export type StaffReturn = Schemas["StaffReturn"];
export type Team = Schemas["Team"];
export type ThreadTeam = Schemas["ThreadTeam"];
export type TeamMember = Schemas["TeamMember"];
export type StaffDraft = Schemas["StaffDraftView"];
export type DraftWords = Schemas["DraftWords"];
export type DraftPlace = Schemas["DraftPlace"];
export type ThreadView = Schemas["ThreadView"];
export type UnreadMessage = Schemas["UnreadMessage"];

export type Side = "staff" | "owner";
export type ActivityState = "typing" | "viewing" | "idle";

/** What somebody is doing in a thread just now; a live frame, never stored. */
export type Activity = {
  type: "activity";
  thread_id: string;
  person_id: string;
  person_name: string;
  person_kind: "staff" | "contact";
  state: ActivityState;
};

export type LiveFrame =
  | { type: "hello"; server_time: string; heartbeat_seconds: number }
  | { type: "beat" }
  | { type: "resync" }
  | { type: "signed_out" }
  | { type: "reports" }
  | { type: "connections" }
  | { type: "labels" }
  | { type: "duty" }
  | { type: "draft"; thread_id: string; place: string; revision: number }
  | { type: "schedule"; clinic_id: string }
  | { type: "thread_anew"; thread_id: string; kept_id: string }
  | (Changes & { type: "changes" })
  | AvailabilityView
  | Activity;
