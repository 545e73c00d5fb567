/** Parts of a text with an empty line between them; parts that are empty, or are not there, are left out. */
export const paragraphs = (parts: readonly (string | null)[]): string =>
  `${parts.flatMap((part) => (part ? [part.trimEnd()] : [])).join("\n\n")}\n`;

/** Sentences a line each; those that are empty, or are not there, are left out. */
export const lines = (parts: readonly (string | null)[]): string => parts.filter(Boolean).join("\n");
