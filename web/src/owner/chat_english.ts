import { catalogue } from "$/platform/language";

export const say = catalogue("chat", {
  aboutNoPet: "about no pet in particular",
  aboutPet: (pet: string) => `about ${pet}`,
  addFile: "Add a photo, video or PDF",
  addPetToWrite: (clinic: string) =>
    `To write to ${clinic} here, add your pet and connect it. Until then you can read what was written, or call.`,
  askedToTreat: (clinic: string) =>
    `${clinic} has been asked to look after your pet. You can write here once they accept.`,
  beforeFirst: "Before your first message, please read how messaging works.",
  beforeYouMessage: "Before you message",
  callNumber: (number: string) => `Call ${number}`,
  camera: "Camera",
  change: ", change",
  chatIsOff: (clinic: string) => `${clinic} has switched off its chat in the app. You can still read what was written.`,
  chosen: "chosen",
  connectPet: (pet: string) => `Connect ${pet}`,
  connectPetToWrite: (clinic: string) =>
    `To write here, connect your pet to ${clinic}. Somebody there accepts, and then you can write.`,
  declinedToTreat: (clinic: string) => `${clinic} has declined. Call them if you think it is a mistake.`,
  emergency: "Emergency",
  emergencyAt: (clinic: string) => `${clinic}, emergency`,
  emergencyCallClinic: "In an emergency call the clinic.",
  emergencyCallNumber: "In an emergency call:",
  emergencyElsewhere: "In an emergency, call an animal hospital near you.",
  emergencyNow: "Emergency? Call",
  emergencyWarning:
    "If your pet is experiencing a medical emergency, do NOT wait for a message reply. Call your vet or an emergency animal hospital immediately.",
  filmVideo: "Film a video",
  forSome: (clinic: string) =>
    `${clinic} chats in the app with some of its clients only. You can still read what was written.`,
  loadingTerms: "Loading what to know before you message",
  message: "Message",
  messageClinic: (clinic: string) => `Message ${clinic}`,
  noLongerTreated: (clinic: string) =>
    `${clinic} no longer looks after a pet of yours here. You can still read what was written.`,
  noPetInParticular: "No pet in particular",
  notTaken: (practice: string) => `${practice} does not take messages from you here.`,
  photosAndVideos: "Photos and videos",
  readItNow: "Read it now",
  send: "Send",
  someoneReplying: "A team member is replying now",
  switchedOff: (practice: string) => `${practice} has switched chat off for you. You can still read what was written.`,
  understood: "I understand, continue",
  versionKept: (version: string, clinic: string) => `Version ${version} · ${clinic} keeps a record of when you agreed`,
  wayThere: "The way there",
  wayTo: (clinic: string) => `The way to ${clinic}`,
  writingAbout: "What you write now is about",
});
