import { catalogue } from "$/platform/language";

export const say = catalogue("texting", {
  photoOnItsWay: "Photo is on its way",
});
