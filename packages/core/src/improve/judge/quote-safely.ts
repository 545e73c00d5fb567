/**
 * A value as JSON that stays where it is put: on one line, without a character that could open or close a tag, and without
 * any that nobody sees, as those that write instructions into a text unseen.
 */
export const quoteSafely = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u007f-\u009f\p{Zl}\p{Zp}\p{Cf}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );

/** The beginning of a text, with an ellipsis where it goes on; no character is cut in two. */
export const clip = (text: string, mostLength: number): string =>
  text.length <= mostLength ? text : `${text.slice(0, mostLength).replace(/[\ud800-\udbff]$/, "")}…`;
