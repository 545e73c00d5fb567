import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const dist = fileURLToPath(new URL("../packages/widget/dist/", import.meta.url));

const gzippedBytes = (file: Uint8Array): number => gzipSync(file, { level: 9 }).length;

/** The size of what a page's own bundler makes of built entry points, ky and ulid included, and zod never. */
const gzippedBundle = async (...entries: readonly string[]): Promise<number> => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entries.map((entry) => `export * from "./${entry}";`).join("\n"), resolveDir: dist },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
    metafile: true,
  });
  expect(Object.keys(metafile.inputs).filter((input) => input.includes("/zod/"))).toEqual([]);
  return gzippedBytes(outputFiles[0]!.contents);
};

describe("the built widget", () => {
  it.each([
    ["a headless client", ["index.js"], 13_312],
    ["a headless client on bare fetch", ["lite.js"], 5_120],
    ["signals", ["signals.js"], 2_560],
    ["elements with a client of their own", ["elements.js"], 10_240],
  ])("is small as %s", async (what, entries, limit) => {
    const bytes = await gzippedBundle(...entries);
    console.log(`${what}: ${bytes} bytes gzipped`);
    expect(bytes).toBeLessThanOrEqual(limit);
  });

  it("is at most 5,120 bytes more with the elements than without", async () => {
    const bytes = (await gzippedBundle("index.js", "elements.js")) - (await gzippedBundle("index.js"));
    console.log(`elements beside a headless client: ${bytes} bytes gzipped`);
    expect(bytes).toBeLessThanOrEqual(5_120);
  });

  it("is at most 16,000 bytes gzipped as the one file with everything, without a byte of zod", () => {
    const bytes = gzippedBytes(readFileSync(`${dist}heed-widget.js`));
    console.log(`heed-widget.js: ${bytes} bytes gzipped`);
    expect(bytes).toBeLessThanOrEqual(16_000);
    const { sources } = JSON.parse(readFileSync(`${dist}heed-widget.js.map`, "utf8")) as {
      sources: string[];
    };
    expect(sources.filter((source) => source.includes("node_modules")).join()).toMatch(/ulid/);
    expect(sources.filter((source) => source.includes("/zod/"))).toEqual([]);
  });
});
