import { defineConfig } from "tsup";

/** The elements, a client and the signals as one file for a script tag. */
export default defineConfig({
  entry: { "heed-widget": "src/heed-widget.ts" },
  format: "esm",
  platform: "browser",
  target: "es2022",
  noExternal: [/./],
  minify: true,
  sourcemap: true,
  silent: true,
});
