import { requireTexts } from "../check-options.ts";
import { HeedError } from "../errors.ts";

/** The labels of an option that takes one or several: at least one, and none twice. */
export const requireLabels = (by: string | readonly string[]): readonly string[] => {
  const labels = typeof by === "string" ? [by] : by;
  requireTexts("by", labels);
  if (labels.length === 0 || new Set(labels).size < labels.length || labels.includes(""))
    throw new HeedError("INVALID_QUERY", "by is no list of different labels");
  return labels;
};
