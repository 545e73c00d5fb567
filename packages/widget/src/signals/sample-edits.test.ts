import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sampleEdits } from "./sample-edits.ts";

beforeEach(() => vi.stubGlobal("window", new EventTarget()));
afterEach(() => vi.unstubAllGlobals());

/** A field of the host's own, a clock, and timers that wait until time passes. */
const setUp = () => {
  const target = { value: "some text" };
  const samples: (readonly [text: string, sampledAfterMs: number, committed: boolean])[] = [];
  const timers = new Map<() => void, number>();
  const clock = { ms: 1_000_000, ranMs: 0 };
  const stop = sampleEdits(target, {
    now: () => clock.ms,
    schedule: (task, delayMs) => {
      timers.set(task, clock.ranMs + delayMs);
      return () => timers.delete(task);
    },
    onSample: (...sample) => samples.push(sample),
  });
  /** Runs the timers of the next `ms`, each at its time, or all of them at the end. */
  const pass = (ms: number, late = false): void => {
    const endMs = clock.ranMs + ms;
    const to = (atMs: number) => {
      clock.ms += atMs - clock.ranMs;
      clock.ranMs = atMs;
    };
    if (late) to(endMs);
    for (;;) {
      const due = [...timers].find(([, atMs]) => atMs <= endMs);
      if (!due) break;
      timers.delete(due[0]);
      if (!late) to(due[1]);
      due[0]();
    }
    to(endMs);
  };
  return { target, samples, timers, clock, stop, pass, times: () => samples.map(([, ms]) => ms) };
};

const wholeCurve = [0, 5_000, 30_000, 120_000, 300_000, 600_000, 900_000];

test("a text is sampled seven times within 15 minutes, and never again", () => {
  const { pass, samples, times, target, timers } = setUp();
  expect(times()).toEqual([]);
  pass(10_000);
  target.value = "another text";
  pass(10_000_000);
  expect(times()).toEqual(wholeCurve);
  expect(samples.map(([text]) => text)).toEqual([
    "some text",
    "some text",
    ...Array.from({ length: 5 }, () => "another text"),
  ]);
  expect(timers.size).toBe(0);
});

test("a timer that comes late gives one sample, of the time it came, and the next is in time", () => {
  const { pass, times } = setUp();
  pass(0);
  pass(200_000, true);
  pass(200_000);
  expect(times()).toEqual([0, 200_000, 300_000]);
});

test.each([
  ["back", -3_600_000],
  ["back by a year", -31_536_000_000],
])("a clock that is set %s makes no sample early, none late and none negative", (_, shiftMs) => {
  const { pass, times, clock } = setUp();
  pass(10_000);
  clock.ms += shiftMs;
  pass(10_000_000);
  expect(times()).toEqual(wholeCurve);
});

test("a field that is still empty is not a text that was deleted", () => {
  const { pass, times, target } = setUp();
  target.value = "";
  pass(10_000);
  target.value = "some text";
  pass(30_000);
  expect(times()).toEqual([30_000]);
});

test("a field that the host empties is not looked at again", () => {
  const { pass, times, target, timers } = setUp();
  pass(10_000);
  target.value = "";
  pass(30_000);
  target.value = "the next message";
  pass(10_000_000);
  expect([times(), timers.size]).toEqual([[0, 5_000], 0]);
});

test("a page that comes back is sampled at once where that is due, and only then", () => {
  const { pass, times, clock } = setUp();
  const comeBack = () => window.dispatchEvent(new Event("visibilitychange"));
  pass(10_000);
  comeBack();
  clock.ms += 60_000;
  comeBack();
  comeBack();
  expect(times()).toEqual([0, 5_000, 70_000]);
});

test("nothing is sampled once it was stopped, however often", () => {
  const { pass, times, stop, clock, timers } = setUp();
  pass(10_000);
  stop();
  stop();
  clock.ms += 60_000;
  window.dispatchEvent(new Event("visibilitychange"));
  expect([times(), timers.size]).toEqual([[0, 5_000], 0]);
});
