/**
 * Text that somebody else wrote, safe to show in a terminal: control characters, line breaks and the marks
 * that turn the reading direction, with which a comment could forge or hide output, become U+FFFD.
 */
export const printable = (text: string): string =>
  text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, "\uFFFD");
