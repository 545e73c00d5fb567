import { clip } from "./clip.ts";

/** What requests of a segment have in common: `topic=refunds, model=small`. */
export const formatSegment = (
  labels: readonly { readonly label: string; readonly value: string }[],
  width: number,
): string => clip(labels.map(({ label, value }) => `${label}=${value}`).join(", "), width);
