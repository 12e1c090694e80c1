import { mount } from "svelte";
import OwnerApp from "./owner/OwnerApp.svelte";
import { keepOfflineCopy } from "./owner/offline_copy";
import "./owner/owner.css";

const target = document.getElementById("app");
if (target === null) throw new Error("owner.html has lost its #app");
mount(OwnerApp, { target });
keepOfflineCopy();
