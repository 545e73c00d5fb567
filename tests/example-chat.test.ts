import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findViolations } from "./support/find-violations.ts";
import { launchChromium } from "./support/launch-chromium.ts";

const program = fileURLToPath(new URL("../examples/chat/server.ts", import.meta.url));
// Its database lies in the folder that it is started in.
const folder = mkdtempSync(join(tmpdir(), "heed-chat-"));
let chat: ChildProcess;
let browser: Browser;
let url: string;

beforeAll(async () => {
  const started = spawn(process.execPath, ["--conditions=@heed/source", program], {
    cwd: folder,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  chat = started;
  const [output] = await once(started.stdout, "data");
  url = /http:\S+/.exec(String(output))![0];
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  chat?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

it("answers, takes a vote under the answer, and ties the two by the request id", async () => {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  await page.goto(url);
  await page.getByLabel("Your message").fill("How do I return a bike?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("button", { name: "Bad answer" }).click();
  await page.getByText("Thank you!").waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.close();

  const database = new DatabaseSync(join(folder, "feedback.db"), { readOnly: true });
  const joined = database
    .prepare("SELECT prompt, type FROM eval_logs JOIN feedback_events USING (tenant, request_id)")
    .all();
  database.close();
  expect(joined).toEqual([{ prompt: "How do I return a bike?", type: "explicit_thumbs_down" }]);
});
