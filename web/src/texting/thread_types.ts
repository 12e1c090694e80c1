import type { components } from "$/platform/schema";

type Schemas = components["schemas"];

export type AttemptView = Schemas["AttemptView"];
export type CategoryStanding = Schemas["CategoryStanding"];
export type Category = CategoryStanding["category"];
export type ClientView = Schemas["texting_contacts_ContactView"];
export type ConsentEventView = Schemas["ConsentEventView"];
export type ConsentLedger = Schemas["ConsentLedger"];
export type DeliveryHistory = Schemas["DeliveryHistory"];
export type ExchangeView = Schemas["ExchangeView"];
export type NewTextConversation = Schemas["TextConversationRequest"];
export type PhoneLine = Schemas["PhoneLine"];
export type Profile = Schemas["ProfileRequest"];
export type ReceiptView = Schemas["ReceiptView"];
export type Standing = Schemas["Standing"];
export type StartedConversation = Schemas["StartedConversation"];
export type Subscription = Schemas["SubscriptionRequest"];
export type SupportBundle = Schemas["SupportBundle"];
export type ThreadTexting = Schemas["ThreadTexting"];
export type Troubleshooting = Schemas["Troubleshooting"];
