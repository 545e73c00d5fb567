import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findViolations } from "./support/find-violations.ts";
import { launchChromium } from "./support/launch-chromium.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "heed-examples-"));
/** What users do waits for company before it is sent, and machines are busy. */
const patience = { timeout: 10_000 };
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command of an example's README, in a process group of its own, and waits until it prints its address. */
const start = (name: string, database: string): Promise<{ started: ChildProcess; url: string }> => {
  const [, command] = /^```sh\n(npm start .*?) *#/m.exec(
    readFileSync(`${root}examples/${name}/README.md`, "utf8"),
  )!;
  const started = spawn(command!, {
    cwd: root,
    shell: true,
    detached: true,
    env: { ...process.env, PORT: "0", HEED_DATABASE: database, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (url) resolve({ started, url });
    };
    started.stdout.on("data", read);
    started.stderr.on("data", read);
    started.on("exit", (code) => reject(new Error(`${command} ended with ${code}: ${output}`)));
  });
};

describe.each(["html", "react", "vue", "svelte"])("examples/%s", (name) => {
  const database = join(folder, `${name}.db`);
  const complaints: string[] = [];
  let example: ChildProcess;
  let page: Page;

  beforeAll(async () => {
    const { started, url } = await start(name, database);
    example = started;
    page = await browser.newPage({ reducedMotion: "reduce", viewport: { width: 320, height: 800 } });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    // Vite would reload the page whenever somebody edits a source, in the middle of a test.
    await page.routeWebSocket(/./, () => {});
    await page.goto(url);
  });

  afterAll(async () => {
    await page?.close();
    if (example?.pid) process.kill(-example.pid, "SIGKILL");
  });

  const press = (button: string) => page.getByRole("button", { name: button, exact: true }).click();

  /** What was said and done about the answer, behind the store's back, in order; how long it was seen comes at any time. */
  const said = (): readonly string[] => {
    const file = new DatabaseSync(database, { readOnly: true });
    const rows = file
      .prepare(
        `SELECT prompt, type, value FROM eval_logs JOIN feedback_events USING (tenant, request_id)
           WHERE type <> 'implicit_exposure' ORDER BY feedback_events.seq`,
      )
      .all();
    file.close();
    return rows.map((row) => Object.values(row).join(" "));
  };

  const expectNoViolations = async (): Promise<void> => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page)).toEqual([]);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  };

  it("answers, and ties the vote and the copy to the answer by the request id", async () => {
    await page.getByLabel("Your message").fill("How do I cook rice?");
    await press("Send");
    await press("Bad answer");
    await page.getByText("Thank you!").waitFor();
    expect(said()).toEqual(["How do I cook rice? explicit_thumbs_down 1"]);
    await press("Copy");
    await expect.poll(said, patience).toContain("How do I cook rice? implicit_usage copied");
    await expectNoViolations();
  });

  const hasOwnControls = name !== "html";
  if (hasOwnControls)
    it("has own controls, which agree with the ready-made one", async () => {
      const pressed = () => page.getByRole("button", { pressed: true }).allTextContents();
      await page.getByLabel("Own controls").check();
      await expect.poll(pressed).toEqual(["Not helpful"]);
      await press("Not helpful");
      await expect.poll(pressed).toEqual([]);
      await press("Helpful");
      await expect.poll(pressed).toEqual(["Helpful"]);
      await expect
        .poll(() => said().slice(2), patience)
        .toEqual([
          "How do I cook rice? explicit_retraction thumb",
          "How do I cook rice? explicit_thumbs_up 1",
        ]);
      await expectNoViolations();
    });

  it("has complained of nothing", () => {
    expect(complaints).toEqual([]);
  });
});
