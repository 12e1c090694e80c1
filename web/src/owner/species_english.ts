import { catalogue } from "$/platform/language";

export const species = catalogue("species", {
  bird: "Bird",
  cat: "Cat",
  dog: "Dog",
  fish: "Fish",
  horse: "Horse",
  other: "Another animal",
  rabbit: "Rabbit",
  turtle: "Turtle",
});
