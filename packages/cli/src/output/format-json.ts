/** DEL, the C1 controls and what else `printable` takes out: a terminal obeys them, and JSON leaves them as they are. */
const unescaped = /[\u007f-\u009f\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * An answer as JSON in lines, with everything escaped that could steer a terminal.
 *
 * @param indent Spaces; 0 makes it one line.
 */
export const formatJson = (answer: unknown, indent = 2): string =>
  `${JSON.stringify(answer, null, indent).replace(unescaped, escapeCharacter)}\n`;

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
