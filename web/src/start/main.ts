import { mount } from "svelte";
import "$/platform/base.css";
import StartApp from "./StartApp.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("start.html has lost its #app");
mount(StartApp, { target });
