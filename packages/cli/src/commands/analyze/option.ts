import {
  choiceOption,
  countOption,
  listOption,
  numberOption,
  rangeOption,
  required as requireText,
  segmentOption,
  timeOption,
} from "../../option-values.ts";

/** What an option takes, what for, and how its text is read. */
export interface Option<Value> {
  /** What stands for the value in the help; null for an option that takes none. */
  readonly takes: string | null;
  readonly purpose: string;
  readonly read: (text: string, option: string) => Value;
  readonly isRequired?: boolean;
}

/** One that has no default. */
export interface RequiredOption<Value> extends Option<Value> {
  readonly isRequired: true;
}

/** Makes an option that has to be given. */
export const required = <Value>({ takes, purpose, read }: Option<Value>): RequiredOption<Value> => ({
  takes,
  purpose,
  read: (text, option) => read(requireText(text, `${option} ${takes}`), option),
  isRequired: true,
});

export const text = (takes: string, purpose: string): Option<string> => ({
  takes,
  purpose,
  read: (given) => given,
});

export const number = (purpose: string): Option<number> => ({ takes: "X", purpose, read: numberOption });

/** A whole number from 0. */
export const count = (purpose: string): Option<number> => ({ takes: "N", purpose, read: countOption });

export const range = (purpose: string): Option<readonly [number, number]> => ({
  takes: "LOW,HIGH",
  purpose,
  read: rangeOption,
});

export const list = (takes: string, purpose: string): Option<readonly string[]> => ({
  takes,
  purpose,
  read: listOption,
});

export const segment = (purpose: string): Option<ReturnType<typeof segmentOption>> => ({
  takes: "LABEL=VALUE",
  purpose,
  read: segmentOption,
});

export const time = (purpose: string): Option<Date> => ({ takes: "TIME", purpose, read: timeOption });

/** One of a few words; `takes` stands for them in the help. */
export const choice = <const Choice extends string>(
  takes: string,
  choices: readonly Choice[],
  purpose: string,
): Option<Choice> => ({ takes, purpose, read: (given, option) => choiceOption(given, option, choices) });

export const flag = (purpose: string): Option<true> => ({ takes: null, purpose, read: () => true });
