/** A column of numbers whose length nobody knows beforehand, at eight bytes each and some room to grow. */
export const growingColumn = () => {
  let values = new Float64Array(1024);
  let length = 0;
  return {
    push: (value: number): void => {
      if (length === values.length) {
        const larger = new Float64Array(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    /** What was pushed, in order; not a copy. */
    values: (): Float64Array => values.subarray(0, length),
  };
};
