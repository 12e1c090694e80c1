import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

const PAGES = ["staff.html", "owner.html", "start.html"];
const server = process.env["PAWLINE_DEV_SERVER"] ?? "http://127.0.0.1:8080";
const proxy = { "/api": { target: server, ws: true } };

/** While developing, `/staff/...` is staff.html, as the server does it. */
const appPages: Plugin = {
  name: "app-pages",
  configureServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      const app = /^\/(staff|owner)(?:[/?]|$)/.exec(request.url ?? "")?.[1];
      if (app !== undefined) request.url = `/${app}.html`;
      next();
    });
  },
};

export default defineConfig({
  base: "/",
  plugins: [appPages, svelte()],
  resolve: { alias: { $: resolve(import.meta.dirname, "src") } },
  build: {
    outDir: "../src/pawline/web_dist",
    emptyOutDir: true,
    target: "es2022",
    rollupOptions: { input: PAGES.filter((page) => existsSync(resolve(import.meta.dirname, page))) },
  },
  server: { proxy, host: "127.0.0.1" },
  preview: { proxy, host: "127.0.0.1" },
});
