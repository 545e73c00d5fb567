import type { Store } from "@heed/core";
import type { Command, Io } from "../../io.ts";
import { required } from "../../option-values.ts";
import { formatJson } from "../../output/format-json.ts";
import { pageWidth, wrap } from "../../output/wrap.ts";
import { parseOptions } from "../../parse-options.ts";
import { withStore } from "../../with-store.ts";
import { type Option, type RequiredOption, time } from "./option.ts";

type Options = Readonly<Record<string, Option<unknown>>>;

/** `score-range` as core calls it: `scoreRange`. */
type CamelCase<Name> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type ValueOf<Given> = Given extends Option<infer Value> ? Value : never;

/** What was given for options, by their names in core; those that were left out are not there. */
type ValuesOf<Own extends Options> = {
  readonly [Name in keyof Own as Own[Name] extends RequiredOption<unknown>
    ? CamelCase<Name>
    : never]: ValueOf<Own[Name]>;
} & {
  readonly [Name in keyof Own as Own[Name] extends RequiredOption<unknown>
    ? never
    : CamelCase<Name>]?: ValueOf<Own[Name]>;
};

const period = {
  since: time("requests from this time on, inclusive"),
  until: time("requests up to this time, exclusive"),
};

interface AnalysisOptions<Own extends Options, Answer> {
  /** How it is called, `heed` and its options included; a line for each way. */
  readonly usage: readonly string[];
  /** One line for the list of analyses. */
  readonly summary: string;
  /** What it says, and how that is to be read. */
  readonly says: string;
  readonly options: Own;
  readonly ask: (
    store: Store,
    values: ValuesOf<Own> & ValuesOf<typeof period>,
    io: Pick<Io, "stderr" | "signal">,
  ) => Promise<Answer>;
  /** The answer as text for people. */
  readonly describe: (answer: Answer, values: ValuesOf<Own>) => string;
  /**
   * Whether that text is for other programs as well, and its lines are not to be broken.
   * @default false
   */
  readonly isVerbatim?: boolean;
}

/** Makes a command that asks a store one question, and prints the answer as text or, as it is, as JSON. */
export const createAnalysis = <const Own extends Options, Answer>({
  usage,
  summary,
  says,
  options,
  ask,
  describe,
  isVerbatim = false,
}: AnalysisOptions<Own, Answer>): Command => {
  // Its own come first, and in its own words.
  const all: Options = { ...options, ...period, ...options };
  const config = Object.fromEntries(
    Object.entries(all).map(([name, { takes }]) => [
      name,
      { type: takes === null ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  return {
    summary,
    help: helpOf(usage, says, all),
    run: async (args, io) => {
      const { values } = parseOptions(args, {
        ...config,
        store: { type: "string" },
        json: { type: "boolean" },
      });
      const path = required(values.store, "--store STORE");
      const given = readValues(all, values) as ValuesOf<Own> & ValuesOf<typeof period>;
      const answer = await withStore(path, { create: false }, (store) => ask(store, given, io));
      const text = values.json ? formatJson(answer) : describe(answer, given);
      io.stdout.write(values.json || isVerbatim ? text : wrap(text, pageWidth));
      return 0;
    },
  };
};

const readValues = (options: Options, given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, { read, isRequired = false }]) => {
      const value = given[name];
      if (value === undefined && !isRequired) return [];
      const camelCase = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      return [[camelCase, read(typeof value === "string" ? value : "", `--${name}`)]];
    }),
  );

const helpOf = (usage: readonly string[], says: string, options: Options): string => {
  const rows: readonly (readonly [option: string, purpose: string])[] = [
    ["--store STORE", "a file such as feedback.db, postgres://… or clickhouse://…"],
    ...Object.entries(options).map(
      ([name, { takes, purpose }]) => [`--${name}${takes === null ? "" : ` ${takes}`}`, purpose] as const,
    ),
    ["--json", "the answer as JSON"],
  ];
  const width = 2 + Math.max(...rows.map(([option]) => option.length));
  const indent = " ".repeat(width + 2);
  const lines = rows.map(
    ([option, purpose]) => `  ${option.padEnd(width)}${wrap(purpose, pageWidth - indent.length, indent)}\n`,
  );
  return `Usage: ${usage.join("\n       ")}

${wrap(says, pageWidth)}

${lines.join("")}
${wrap("Times are ISO 8601: 2026-03-01 (midnight UTC) or 2026-03-01T09:00:00Z. Too little data is an answer too, with exit code 0.", pageWidth)}
`;
};
