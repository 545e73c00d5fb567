import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

// Packages are tested on their sources: nothing has to be built first.
const ssr = { resolve: { conditions: ["@heed/source", ...defaultServerConditions] } };

/** Projects of one place in the order run together; vitest itself leaves a core idle. */
const inParallel = (groupOrder: number) => ({ maxWorkers: availableParallelism(), sequence: { groupOrder } });

const unit = readdirSync("packages").map((name) => ({
  ssr,
  test: {
    name,
    include: [`packages/${name}/src/**/*.test.ts`],
    // Simulations take seconds, and more on a busy machine.
    testTimeout: 60_000,
    ...inParallel(0),
  },
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
    // Browsers have processes of their own.
    sequence: { groupOrder: 2 },
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
    ...inParallel(1),
  },
};

export default defineConfig({ test: { projects: [...unit, endToEnd, stores] } });
