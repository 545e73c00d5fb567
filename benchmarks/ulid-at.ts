const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID that can be had again. */
export const ulidAt = (time: number, random: () => number): string => {
  const digits = (value: number, length: number) =>
    [...value.toString(32).padStart(length, "0")]
      .map((digit) => crockford[Number.parseInt(digit, 32)])
      .join("");
  const part = () => digits(Math.floor(random() * 2 ** 40), 8);
  return digits(time, 10) + part() + part();
};
