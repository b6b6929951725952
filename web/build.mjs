// Build what the pages load: node build.mjs [folder]; the folder is that of the package unless told.
// What basemap.py makes (basemap.pmtiles, cities.json) is left alone.
import * as esbuild from "esbuild";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { licences } from "./licences.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const built = path.resolve(process.argv[2] ?? path.join(here, "../src/rallybook/server/web/static"));

await esbuild.build({
  absWorkingDir: here,
  entryPoints: {
    map: "src/map.js",
    atlas: "src/atlas.js",
    event: "src/event.js",
    pictures: "src/pictures.js",
    review: "src/review.js",
    coding: "src/coding.js",
    adjudicate: "src/adjudicate.js",
    login: "src/login.js",
    icon: "src/icon.svg",
    page: "src/page.css",
    // MapLibre starts its worker from a file of its own, so that the pages need no blob: in their policy
    "maplibre-worker": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs",
  },
  outdir: built,
  loader: { ".svg": "copy" },
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome120", "firefox121", "safari17"],
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
});
fs.writeFileSync(path.join(built, "licences.txt"), licences(here));
