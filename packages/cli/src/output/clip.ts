import { printable } from "../printable.ts";

/** The beginning of a text that somebody else wrote, safe to show in a terminal, with `…` where it goes on. */
export const clip = (text: string, width: number): string => {
  const characters = [...printable(text)];
  return characters.length <= width ? characters.join("") : `${characters.slice(0, width - 1).join("")}…`;
};
