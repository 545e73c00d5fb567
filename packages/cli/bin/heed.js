#!/usr/bin/env node
// A file that is there before anything is built, for npm links no other. Written for any Node, to be able to say so.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 13)) import("../dist/main.js");
else {
  console.error(`heed needs Node 22.13 or later, and this is ${process.versions.node}`);
  process.exitCode = 1;
}
