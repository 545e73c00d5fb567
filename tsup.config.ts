import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { defineConfig } from "tsup";

/** The build of the package in the working directory; `scripts/build.ts` runs it in each. */
const manifest: {
  /** The entry point of `require`; a package without it is of ES modules alone. */
  main?: string;
  exports?: Record<string, string | { "@heed/source": string }>;
  bin?: Record<string, string>;
} = JSON.parse(readFileSync("package.json", "utf8"));

/** Entry points are what the manifest exports from source, so that the two can never disagree. */
const entry = Object.fromEntries(
  Object.values(manifest.exports ?? {}).flatMap((target) => {
    if (typeof target === "string") return [];
    const source = target["@heed/source"];
    return [[source.replace(/^\.\/src\/|(\/index)?\.ts$/g, ""), source]];
  }),
);

const common = {
  target: "es2023",
  silent: true,
  sourcemap: true,
  // `node:sqlite` has no name without it.
  removeNodeProtocol: false,
} as const;

const esm = { ...common, entry, format: "esm", dts: true } as const;
// ky is an ES module alone, and what `require` makes of one is not what `import` does.
const cjs = { ...common, entry, format: "cjs", dts: true, noExternal: ["ky"] } as const;

export default defineConfig(
  manifest.bin
    ? {
        ...common,
        entry: ["src/main.ts"],
        format: "esm",
        onSuccess: () => cp("src/page", "dist/page", { recursive: true }),
      }
    : manifest.main
      ? [esm, cjs]
      : esm,
);
