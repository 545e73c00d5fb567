import { expect, test } from "vitest";
import {
  choiceOption,
  countOption,
  listOption,
  numberOption,
  populationOption,
  portOption,
  rangeOption,
  required,
  segmentOption,
  timeOption,
} from "./option-values.ts";
import { isUsageError } from "./usage-error.ts";

const refused = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch (error) {
    return isUsageError(error);
  }
};

test("a date is its first moment in UTC, and a time is taken with its zone", () => {
  expect(timeOption("2026-03-01", "--since")).toEqual(new Date("2026-03-01T00:00:00.000Z"));
  expect(timeOption("2026-03-01T09:00:00Z", "--since")).toEqual(new Date("2026-03-01T09:00:00.000Z"));
  expect(timeOption("2026-03-01T09:00+02:00", "--since")).toEqual(new Date("2026-03-01T07:00:00.000Z"));
});

test.each(["", "yesterday", "2026", "2026-3-1", "2026-02-31", "2026-03-01T09:00", "2026-03-01T25:00Z"])(
  "%j is no time",
  (text) => {
    expect(refused(() => timeOption(text, "--since"))).toBe(true);
  },
);

test("a port is a whole number from 0 to 65535", () => {
  expect(portOption("0")).toBe(0);
  expect(portOption("65535")).toBe(65_535);
  for (const text of ["", "-1", "80.5", "65536", "http", "0x50"])
    expect(refused(() => portOption(text))).toBe(true);
});

test("an option without a default must be given", () => {
  expect(required("heed.db", "--store STORE")).toBe("heed.db");
  expect(refused(() => required(undefined, "--store STORE"))).toBe(true);
  expect(refused(() => required("", "--store STORE"))).toBe(true);
});

test("numbers are decimal, and counts whole and not negative", () => {
  expect(["0.7", "-1", "+.5", "1e-3", "2."].map((text) => numberOption(text, "--q"))).toEqual([
    ...[0.7, -1, 0.5, 0.001, 2],
  ]);
  for (const text of ["", " ", "0x10", "1,5", "Infinity", "NaN", "."])
    expect(refused(() => numberOption(text, "--q"))).toBe(true);
  expect(["0", "20"].map((text) => countOption(text, "--limit"))).toEqual([0, 20]);
  for (const text of ["", "-1", "1.5", "1e3", "99999999999999999"])
    expect(refused(() => countOption(text, "--limit"))).toBe(true);
});

test("a range is two numbers, a list is names, and spaces about commas do not count", () => {
  expect(rangeOption("0.4, 0.6", "--target")).toEqual([0.4, 0.6]);
  for (const text of ["0.4", "1,2,3", "a,b", ","])
    expect(refused(() => rangeOption(text, "--target"))).toBe(true);
  expect(listOption("topic, model", "--by")).toEqual(["topic", "model"]);
  for (const text of ["", "a,", ",a"]) expect(refused(() => listOption(text, "--by"))).toBe(true);
});

test("a choice is one of the words", () => {
  expect(choiceOption("raking", "--method", ["raking", "none"])).toBe("raking");
  expect(refused(() => choiceOption("rake", "--method", ["raking", "none"]))).toBe(true);
});

test("a segment is a label and its value, which may be empty or hold a further sign", () => {
  expect(segmentOption("topic=a=b", "--segment")).toEqual({ label: "topic", value: "a=b" });
  expect(segmentOption("topic=", "--segment")).toEqual({ label: "topic", value: "" });
  for (const text of ["", "topic", "=a"]) expect(refused(() => segmentOption(text, "--segment"))).toBe(true);
});

test("a population is JSON of counts by value by label", () => {
  expect(populationOption('{"userCohort":{"new":800}}', "--population")).toEqual({
    userCohort: { new: 800 },
  });
  for (const text of ["", "{", "[]", "null", '{"userCohort":800}', '{"userCohort":{"new":"many"}}'])
    expect(refused(() => populationOption(text, "--population"))).toBe(true);
});
