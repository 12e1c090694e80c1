import { mount } from "svelte";
import "$/platform/base.css";
import PhonesApp from "./PhonesApp.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("phones.html has lost its #app");
mount(PhonesApp, { target });
