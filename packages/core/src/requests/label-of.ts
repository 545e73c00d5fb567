import type { LoggedRequest } from "./fold-request.ts";

/** The value of a label of a request, as text: of `model`, `promptVersion`, or a metadata key; undefined where it has none. */
export const labelOf = (
  request: Pick<LoggedRequest, "model" | "promptVersion" | "metadata"> | undefined,
  label: string,
): string | undefined => {
  if (label === "model" || label === "promptVersion") return request?.[label];
  const metadata = request?.metadata;
  const value = metadata && Object.hasOwn(metadata, label) ? metadata[label] : undefined;
  return value === undefined ? undefined : String(value);
};
