/** Reads the labels of rows, for stores that keep metadata as JSON: a model or version is text as it is, a metadata value is JSON, and parsed but once. */
export const labelReader = () => {
  const known = new Map<unknown, string>();
  return (label: string, cell: unknown): string | undefined => {
    if (cell === null) return undefined;
    if (label === "model" || label === "promptVersion") return cell as string;
    const text = known.get(cell) ?? String(JSON.parse(cell as string));
    known.set(cell, text);
    return text;
  };
};
