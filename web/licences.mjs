// The licences of the packages that are bundled into the scripts, in full, as one text.
import fs from "node:fs";
import path from "node:path";

const LICENCE_FILE = /^licen[cs]e(\.txt|\.md)?$/i;
// packages whose archives lack the file that their licence asks to be kept: the holders by their own repositories
const HOLDERS = {
  pmtiles: { holder: "Copyright 2021 Protomaps LLC", terms: "BSD-3-Clause" },
  "murmurhash-js": { holder: "Copyright (c) 2011 Gary Court", terms: "MIT" },
};

// Give the text for all that the package in a folder depends on, at any depth.
export function licences(here) {
  const found = new Map();
  for (const name of dependencies(here)) collect(here, name, found);
  const texts = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return texts.map(([title, text]) => `${title}\n${"-".repeat(title.length)}\n\n${text}\n`).join("\n\n");
}

function collect(here, name, found) {
  const folder = path.join(here, "node_modules", name);
  const about = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const title = `${name} ${about.version} (${about.license})`;
  if (found.has(title)) return;
  found.set(title, terms(here, folder, name));
  for (const needed of dependencies(folder)) collect(here, needed, found);
}

function dependencies(folder) {
  return Object.keys(JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).dependencies ?? {});
}

function terms(here, folder, name) {
  const file = fs.readdirSync(folder).find((entry) => LICENCE_FILE.test(entry));
  if (file) return tidy(fs.readFileSync(path.join(folder, file), "utf8"));
  const known = HOLDERS[name];
  if (!known) throw new Error(`${name}: no licence file; name its holder and terms in licences.mjs`);
  return `${known.holder}\n\n${tidy(fs.readFileSync(path.join(here, "licences", `${known.terms}.txt`), "utf8"))}`;
}

const tidy = (text) => text.replaceAll("\r\n", "\n").replaceAll(/[ \t]+$/gm, "").trim();
