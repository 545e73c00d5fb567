/** As many characters as a line of text should have at most: what a terminal is likely to show. */
export const pageWidth = 100;

/**
 * Text with its long lines broken between words, each part but the first indented. Lines that begin with two spaces
 * are rows of a table, and stay.
 *
 * @param width The most characters a line should have, without the indent.
 */
export const wrap = (text: string, width: number, indent = ""): string =>
  text
    .split("\n")
    .map((line) => (line.startsWith("  ") ? line : breakLine(line, width).join(`\n${indent}`)))
    .join("\n");

const breakLine = (line: string, width: number): readonly string[] => {
  if (line.length <= width) return [line];
  const space = line.lastIndexOf(" ", width);
  // A word that is wider than the page has a line of its own.
  const at = space > 0 ? space : line.indexOf(" ", width);
  return at < 0 ? [line] : [line.slice(0, at), ...breakLine(line.slice(at + 1), width)];
};
