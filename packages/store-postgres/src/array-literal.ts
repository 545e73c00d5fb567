/**
 * An array as Postgres writes it, for a parameter of any array type: texts quoted, numbers bare. Drivers differ in what
 * they make of a JavaScript array; a text means the same to all of them.
 *
 * @example
 * arrayLiteral(["a", 'say "b"', null, 1.5]); // {"a","say \"b\"",NULL,1.5}
 */
export const arrayLiteral = (cells: readonly (string | number | null)[]): string =>
  `{${cells.map(element).join(",")}}`;

const element = (cell: string | number | null): string | number => {
  if (cell === null) return "NULL";
  if (typeof cell === "number") return cell;
  return `"${special.test(cell) ? cell.replaceAll(everySpecial, "\\$&") : cell}"`;
};

const special = /["\\]/;
const everySpecial = /["\\]/g;
