import { readdirSync } from "node:fs";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

// Packages are tested on their sources: nothing has to be built first.
const ssr = { resolve: { conditions: ["@heed/source", ...defaultServerConditions] } };

const unit = readdirSync("packages").map((name) => ({
  ssr,
  // Simulations take seconds, and more on a busy machine.
  test: { name, include: [`packages/${name}/src/**/*.test.ts`], testTimeout: 60_000 },
}));

/** What crosses packages: real browsers, killed servers, real data, the READMEs. */
const endToEnd = {
  ssr,
  test: {
    name: "end-to-end",
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/stores/**", "**/node_modules/**"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
};

/** The stores on their real engines, which this project starts and stops. */
const stores = {
  ssr,
  test: {
    name: "stores",
    include: ["tests/stores/**/*.test.ts", "examples/*/*.test.ts"],
    globalSetup: "tests/engines/start-engines.ts",
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
};

export default defineConfig({ test: { projects: [...unit, endToEnd, stores] } });
