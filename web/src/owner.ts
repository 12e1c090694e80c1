import { mount } from "svelte";
import { startLanguage } from "./owner/language";
import OwnerApp from "./owner/OwnerApp.svelte";
import { keepOfflineCopy } from "./owner/offline_copy";
import "./owner/owner.css";

const target = document.getElementById("app");
if (target === null) throw new Error("owner.html has lost its #app");
// Not `await`: a page that waits at its top level is built as thirty files instead of ten.
void startLanguage().then(() => {
  mount(OwnerApp, { target });
  keepOfflineCopy();
});
