import { HeedError } from "@heed/core";

/** No body of heed's wire format nests deeper than five; parsers and validators of any kind can hold this. */
const deepest = 16;

/**
 * JSON from a stranger: refused when it nests deeper than 16, which is counted on the text before anything
 * recursive sees it, and when any object has the key `__proto__`.
 *
 * @throws HeedError `INVALID_JSON`
 */
export const parseJson = (text: string): unknown => {
  if (isTooDeep(text)) throw new HeedError("INVALID_JSON", `The body nests deeper than ${deepest}`);
  try {
    return JSON.parse(text, mayHoldProto.test(text) ? refuseProto : undefined);
  } catch {
    // The parser's own message quotes the text.
    throw new HeedError("INVALID_JSON", "The body is not JSON, or has a key that is not allowed");
  }
};

/** The name itself, or an escape that could spell a letter of it; a comment may well contain either. */
const mayHoldProto = /__proto__|\\u00(?:5f|6f|7[024])/i;

const refuseProto = (key: string, value: unknown): unknown => {
  if (key === "__proto__") throw new SyntaxError("__proto__");
  return value;
};

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) at = endOfString(text, at);
    // `{` and `[`, `}` and `]` differ in one bit.
    else if ((char | 0x20) === 0x7b) {
      if (++depth > deepest) return true;
    } else if ((char | 0x20) === 0x7d) depth--;
  }
  return false;
};

const [quote, backslash] = [0x22, 0x5c];

/** Where a string ends that begins at `start`: at its quote, or with the text where it has none. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before--;
    // Backslashes escape each other in pairs; one that is left over escapes the quote.
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
};
