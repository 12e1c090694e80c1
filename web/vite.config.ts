import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { type Connect, defineConfig, type Plugin } from "vite";
import { installable } from "./src/owner/installable.ts";
import { lettersInRem } from "./src/platform/letters_in_rem.ts";

const PAGES = ["staff.html", "owner.html", "start.html", "phones.html"];
const server = process.env["PAWLINE_DEV_SERVER"] ?? "http://127.0.0.1:8080";
const proxy = { "/api": { target: server, ws: true } };

/** What every app starts with, as one file: left alone it falls into a dozen small ones, and each costs a phone a request. */
const LIBRARIES = /\/node_modules\/(svelte|openapi-fetch|idb|clsx|esm-env)\//;
const OWN = /\/src\/platform\/(?!Menu|Switch|CopyButton|spanish)/;
const ENTRANCE =
  /\/src\/(sign_in\/(PawMark|PawTrail|SignInFrame|ChooseOne|DemoPeople|token|words)|owner\/species_english)\b/;
const ICONS = /\/icons\/(paw-print|phone|plus|stethoscope)\.svelte/;
const FIRST_NEEDED = {
  name: "platform",
  test: new RegExp([LIBRARIES, OWN, ENTRANCE, ICONS].map(({ source }) => source).join("|")),
};

/** `/staff/...` is staff.html, as the server does it. */
const openApp: Connect.NextHandleFunction = (request, _response, next) => {
  const app = /^\/(staff|owner)(?:[/?]|$)/.exec(request.url ?? "")?.[1];
  if (app !== undefined) request.url = `/${app}.html`;
  next();
};

const appPages: Plugin = {
  name: "app-pages",
  configureServer: ({ middlewares }) => void middlewares.use(openApp),
  configurePreviewServer: ({ middlewares }) => void middlewares.use(openApp),
};

export default defineConfig({
  base: "/",
  plugins: [appPages, svelte(), installable()],
  resolve: {
    alias: {
      $: resolve(import.meta.dirname, "src"),
      // Only its menu is used; compiling all of bits-ui would double the time of a build.
      "bits-ui": resolve(import.meta.dirname, "node_modules/bits-ui/dist/bits/dropdown-menu/index.js"),
    },
  },
  css: { postcss: { plugins: [lettersInRem] } },
  build: {
    outDir: "../src/pawline/web_dist",
    emptyOutDir: true,
    target: "es2022",
    reportCompressedSize: false,
    rolldownOptions: {
      input: PAGES.filter((page) => existsSync(resolve(import.meta.dirname, page))),
      output: { codeSplitting: { groups: [FIRST_NEEDED] } },
    },
  },
  server: { proxy, host: "127.0.0.1" },
  preview: { proxy, host: "127.0.0.1" },
});
