import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const dist = fileURLToPath(new URL("../packages/widget/dist/", import.meta.url));

const gzippedBytes = (file: Uint8Array): number => gzipSync(file, { level: 9 }).length;

/** What a page's own bundler makes of a built entry point, ky and ulid included. */
const bundle = async (entry: string) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [dist + entry],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
  });
  return { bytes: gzippedBytes(outputFiles[0]!.contents), inputs: Object.keys(metafile.inputs) };
};

describe("the built widget", () => {
  it("is at most 13,312 bytes gzipped as a headless client", async () => {
    const { bytes, inputs } = await bundle("index.js");
    console.log(`headless client: ${bytes} bytes gzipped`);
    expect(bytes).toBeLessThanOrEqual(13_312);
    expect(inputs.filter((input) => input.includes("/zod/"))).toEqual([]);
  });

  it("is at most 18,432 bytes gzipped as a whole, from a bundler and as the one file", async () => {
    const { bytes, inputs } = await bundle("elements.js");
    const file = gzippedBytes(readFileSync(`${dist}heed-widget.js`));
    console.log(`whole widget: ${bytes} bytes gzipped; heed-widget.js: ${file}`);
    expect(Math.max(bytes, file)).toBeLessThanOrEqual(18_432);
    expect(inputs.filter((input) => input.includes("/zod/"))).toEqual([]);
  });

  it("has no byte of zod in the one file", () => {
    const { sources } = JSON.parse(readFileSync(`${dist}heed-widget.js.map`, "utf8")) as {
      sources: string[];
    };
    expect(sources.filter((source) => source.includes("node_modules")).join()).toMatch(/ky|ulid/);
    expect(sources.filter((source) => source.includes("/zod/"))).toEqual([]);
  });
});
