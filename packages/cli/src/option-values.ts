import { usageError } from "./usage-error.ts";

/** The value of an option that has no default. */
export const required = (value: string | undefined, option: string): string => {
  if (value === undefined || value === "") throw usageError(`${option} is missing`);
  return value;
};

const isoTime = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** An ISO 8601 date, meaning its first moment in UTC, or a date and time with a time zone. */
export const timeOption = (text: string, option: string): Date => {
  const [, day] = isoTime.exec(text) ?? [];
  const time = new Date(text);
  // JavaScript reads 31 February as 3 March.
  const isReal = day !== undefined && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day);
  if (!isReal || Number.isNaN(time.getTime()))
    throw usageError(`${option} takes a date, or a time with its zone: 2026-03-01, 2026-03-01T09:00:00Z`);
  return time;
};

/** A TCP port; 0 asks for any free one. */
export const portOption = (text: string): number => {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw usageError("--port takes a number from 0 to 65535");
  return port;
};

/** One of a few words. */
export const choiceOption = <const Choice extends string>(
  text: string,
  option: string,
  choices: readonly Choice[],
): Choice => {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw usageError(`${option} takes one of ${choices.join(", ")}`);
  return choice;
};

/** A decimal number; whether it is in range, the analysis says. */
export const numberOption = (text: string, option: string): number => {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw usageError(`${option} takes a number`);
  return Number(text);
};

/** A whole number from 0; whether it is in range, the analysis says. */
export const countOption = (text: string, option: string): number => {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) throw usageError(`${option} takes a whole number`);
  return count;
};

/** Names with commas between them. */
export const listOption = (text: string, option: string): readonly string[] => {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw usageError(`${option} takes names with commas between them`);
  return names;
};

/** Two numbers with a comma between them. */
export const rangeOption = (text: string, option: string): readonly [low: number, high: number] => {
  const [low, high, ...more] = text.split(",").map((end) => end.trim());
  if (low === undefined || high === undefined || more.length > 0)
    throw usageError(`${option} takes two numbers with a comma between them`);
  return [numberOption(low, option), numberOption(high, option)];
};

/** A label and the value that requests of a segment have of it; the value may hold a further `=`. */
export const segmentOption = (
  text: string,
  option: string,
): { readonly label: string; readonly value: string } => {
  const at = text.indexOf("=");
  if (at < 1) throw usageError(`${option} takes a label and its value: userCohort=new`);
  return { label: text.slice(0, at), value: text.slice(at + 1) };
};

/** For labels, how many of a population have each value, as JSON: {"userCohort":{"new":800,"power":200}}. */
export const populationOption = (
  text: string,
  option: string,
): Readonly<Record<string, Readonly<Record<string, number>>>> => {
  const population = parseJson(text);
  if (!isRecordOf(population, (counts) => isRecordOf(counts, (count) => typeof count === "number")))
    throw usageError(`${option} takes JSON: {"userCohort":{"new":800,"power":200}}`);
  return population as Readonly<Record<string, Readonly<Record<string, number>>>>;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isRecordOf = (value: unknown, isRight: (entry: unknown) => boolean): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isRight);
