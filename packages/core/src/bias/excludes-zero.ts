/** Whether an interval tells that a difference is one. */
export const excludesZero = ([low, high]: readonly [number, number]): boolean => low > 0 || high < 0;
