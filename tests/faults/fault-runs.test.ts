import { expect, it } from "vitest";
import { faultRun } from "./fault-run.ts";
import { setUpFaults } from "./set-up-faults.ts";

/** `npm run test:faults` makes it more. */
const runs = Number(process.env.HEED_FAULT_RUNS ?? 60);
const firstSeed = Number(process.env.HEED_FAULT_SEED ?? 1);
const seeds = Array.from({ length: runs }, (_, run) => firstSeed + run);
const atOnce = 4;

const setting = setUpFaults();

it(`across ${runs} bad days, what was acknowledged or waiting is stored exactly once, or was told of`, {
  timeout: 30_000 + runs * 15_000,
}, async () => {
  const total = { recorded: 0, required: 0, dropped: 0 };
  const failures: string[] = [];
  const waiting = [...seeds];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const failure = await judge(seed).catch((error: Error) => error.message);
      if (failure) failures.push(`npm run test:faults -- 1 ${seed} replays: ${failure}`);
    }
  };
  const judge = async (seed: number): Promise<string | undefined> => {
    const { userId, recorded, required, dropped, steps } = await faultRun(setting, seed);
    total.recorded += recorded.size;
    total.required += required.size;
    total.dropped += dropped;
    const stored = setting.storedOf(userId);
    const once = new Set(stored);
    const missing = [...required].filter((id) => !once.has(id)).length;
    const extra = stored.length - [...recorded].filter((id) => once.has(id)).length;
    return missing <= dropped && extra === 0
      ? undefined
      : `${missing} of ${required.size} events are missing, ${dropped} were dropped, ${extra} were made up: ${steps.join(", ")}`;
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  console.log(
    `${runs} bad days: ${total.recorded} events recorded, ${total.required} of them acknowledged or waiting, ` +
      `${total.dropped} dropped; ${failures.length} days with a loss`,
  );
  expect(failures).toEqual([]);
});
