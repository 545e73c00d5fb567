import type { FlaggedFeedback } from "../../bias/trust-in.ts";
import type { DatasetFormat, DatasetRows, DatasetStyle } from "./dataset-formats.ts";

/** What of a request or an event says that its user allowed this use. */
export interface Consent {
  /** A metadata key. */
  readonly label: string;
  /** The value that allows it; `true` and `"true"` are the same. */
  readonly value: string | boolean;
}

/** The options of an export, checked and with their defaults. */
export interface DatasetSettings {
  readonly format: DatasetFormat;
  readonly style: DatasetStyle;
  readonly rows: DatasetRows;
  readonly name: string;
  readonly directory: string;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly seed: number;
  readonly holdout: number;
  readonly groupBy: string;
  readonly consent: Consent | undefined;
  readonly exclude: ReadonlySet<string>;
  readonly flagged: readonly FlaggedFeedback[];
  readonly humanThreshold: number;
  readonly minimumGap: number;
  /** Undefined where nobody gave one. */
  readonly maxPerUser: number | undefined;
  readonly onProgress: (step: "reading" | "writing", done: number, all: number) => void;
  readonly signal: AbortSignal | undefined;
}
