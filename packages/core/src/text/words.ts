/**
 * The words of a text, in their order: runs of letters, marks and digits of any script, in lower case and in Unicode's
 * compatibility form, so that full-width and ligature letters are the plain ones. Scripts that write no spaces give
 * whole runs.
 *
 * @example
 * words("Can I get my money back?"); // ["can", "i", "get", "my", "money", "back"]
 */
export const words = (text: string): readonly string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
