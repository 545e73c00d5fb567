import { defineConfig } from "tsup";

/** The elements as one file for a script tag, with all that they need. */
export default defineConfig({
  entry: { "heed-widget": "src/elements/index.ts" },
  format: "esm",
  platform: "browser",
  target: "es2022",
  noExternal: [/./],
  minify: true,
  sourcemap: true,
  silent: true,
});
