import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { MANIFESTS } from "./manifests.ts";

/** Makes the owner's app installable: a manifest, and a worker that keeps the app's own files, and nothing else. */
export function installable(): (Plugin | Plugin[])[] {
  return [manifestAndIcons(), pushWorker(), VitePWA(WORKER)];
}

const PUSH_WORKER = "push.js";
const ICONS = ["owner-192.png", "owner-512.png", "owner-maskable-512.png"];

const MANIFEST = {
  id: "/owner",
  short_name: "Pawline",
  dir: "ltr",
  start_url: "/owner",
  scope: "/owner",
  display: "standalone",
  background_color: "#f6f8f7",
  theme_color: "#f6f8f7",
  icons: [
    { src: "/owner-192.png", sizes: "192x192", type: "image/png" },
    { src: "/owner-512.png", sizes: "512x512", type: "image/png" },
    { src: "/owner-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
};

const WORKER: Parameters<typeof VitePWA>[0] = {
  filename: "owner_sw.js",
  scope: "/owner",
  injectRegister: null,
  manifest: false, // the plugin would link it from every page, and the team's page has its own
  workbox: {
    // The API is in no list here, so the worker lets its requests pass: what the server says is never an old copy.
    globPatterns: ["owner.html", "favicon*.svg", "assets/*.{js,css}", "assets/inter-latin-*.woff2"],
    globIgnores: ["assets/staff-*", "assets/start-*", "assets/phones-*"],
    manifestTransforms: [
      // The server shows the page at /owner and knows no /owner.html.
      (files) => ({ manifest: files.map((file) => (file.url === "owner.html" ? { ...file, url: "/owner" } : file)) }),
    ],
    navigateFallback: "/owner",
    navigateFallbackAllowlist: [/^\/owner(\/|$)/],
    inlineWorkboxRuntime: true,
    cleanupOutdatedCaches: true,
    // A new release waits until it is asked for (release.svelte.ts) or no page is open: one that is would miss parts of its own.
    skipWaiting: false,
    clientsClaim: true,
    importScripts: [`/${PUSH_WORKER}`],
    sourcemap: false,
  },
};

/** What shows notifications, as a script of its own that the worker above takes in; to the team it is a worker by itself. */
function pushWorker(): Plugin {
  return {
    name: "push-worker",
    apply: "build",
    buildStart() {
      const id = resolve(import.meta.dirname, "../notifications/push_worker.ts");
      this.emitFile({ type: "chunk", id, fileName: PUSH_WORKER });
    },
    generateBundle(_options, bundle) {
      const chunk = bundle[PUSH_WORKER];
      // The worker's own script runs in the same scope, and both have names of one letter.
      if (chunk?.type === "chunk") chunk.code = `(() => {${chunk.code}})();\n`;
    },
  };
}

function manifestAndIcons(): Plugin {
  return {
    name: "owner-manifest",
    apply: "build",
    generateBundle() {
      for (const [fileName, words] of Object.entries(MANIFESTS)) {
        this.emitFile({ type: "asset", fileName, source: JSON.stringify({ ...MANIFEST, ...words }) });
      }
      for (const fileName of ICONS) {
        this.emitFile({
          type: "asset",
          fileName,
          source: readFileSync(resolve(import.meta.dirname, "icons", fileName)),
        });
      }
    },
    transformIndexHtml: (_html, { filename }) =>
      filename.endsWith("owner.html")
        ? [
            { tag: "link", attrs: { rel: "manifest", href: "/owner.webmanifest" }, injectTo: "head" },
            { tag: "link", attrs: { rel: "apple-touch-icon", href: "/owner-192.png" }, injectTo: "head" },
          ]
        : [],
  };
}
