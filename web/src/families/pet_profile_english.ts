import { catalogue } from "$/platform/language";

export const say = catalogue("pet_profile", {
  changePicture: "Change picture",
  choosePicture: "Choose a picture",
  notAWeight: "Give the weight in kilograms, like 12.5, or leave it out.",
  removePicture: "Remove",
  save: "Save",
  saved: (pet: string) => `What is known of ${pet} is saved`,
  unreadable: "This picture could not be read. Choose another one.",
  weight: "Weight in kg (if you know)",
});
