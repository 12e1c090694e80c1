import { catalogue } from "$/platform/language";

export const say = catalogue("moderation", {
  addAnything: "Anything to add?",
  block: "Block",
  blockAsk: (name: string) => `Block ${name}?`,
  blocked: (name: string) => `${name} is blocked`,
  blockMeans: (name: string) =>
    `You will no longer get new messages from ${name}. Others in the conversation still do. The emergency number stays where it is.`,
  blockMeansToTeam: (name: string) =>
    `You will no longer get new messages from ${name}. The rest of the team still does.`,
  blockNothingLost:
    "What is there already stays. If you unblock them later, what they wrote meanwhile appears: nothing is lost.",
  inappropriate: "Inappropriate",
  loadingBlocked: "Loading the people you blocked",
  noneBlocked: "Nobody. To block somebody, hold one of their messages or press ⋯ beside it.",
  optional: "Optional",
  other: "Something else",
  report: "Report",
  reported: (practice: string) => `Reported. ${practice} will look at it.`,
  reportSeenBy: (practice: string, author: string) =>
    `An administrator of ${practice} sees the message and your name. ${author} does not.`,
  reportThis: "Report this message",
  since: (when: string) => `Since ${when}`,
  spam: "Spam",
  thePractice: "The practice",
  threatening: "Threatening",
  unblock: "Unblock",
  unblockAsk: (name: string) => `Unblock ${name}?`,
  unblocked: (name: string) => `${name} is unblocked`,
  unblockMeans: "Their messages reach you again. What they wrote meanwhile appears in the conversation.",
  whatIsWrong: "What is wrong with it?",
  wrong_person: "Meant for someone else",
});
