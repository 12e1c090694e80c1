import { mount } from "svelte";
import "./platform/base.css";
import StaffApp from "./inbox/StaffApp.svelte";

const target = document.getElementById("app");
if (target === null) throw new Error("staff.html has lost its #app");
mount(StaffApp, { target });
