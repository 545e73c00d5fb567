import type { SQLInputValue } from "node:sqlite";
import type { RequestQuery } from "@heed/core";
import { keySchema } from "@heed/schema";

/** An expression in SQL with the values to bind. */
interface Expression {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The scores and labels that a query wants of folded requests. */
export const requestColumns = ({
  scores = [],
  labels = [],
}: Pick<RequestQuery, "scores" | "labels">): Expression[] => [
  ...scores.map((name) => scoreColumn(name)),
  ...labels.map((label) => labelColumn(label)),
];

const labelColumn = (label: string): Expression => {
  if (label === "model") return { sql: "model", values: [] };
  if (label === "promptVersion") return { sql: "prompt_version", values: [] };
  return field("metadata", "->", label);
};

/** A score as a number, whether or not its JSON has a point in it. */
const scoreColumn = (name: string): Expression => {
  const { sql, values } = field("eval_scores", "->>", name);
  return { sql: `CAST(${sql} AS REAL)`, values };
};

/** One field of an object in JSON, or nothing where no object can have such a key. */
const field = (column: "eval_scores" | "metadata", operator: "->" | "->>", key: string): Expression =>
  keySchema.safeParse(key).success
    ? { sql: `${column} ${operator} ?`, values: [`$."${key}"`] }
    : { sql: "NULL", values: [] };
