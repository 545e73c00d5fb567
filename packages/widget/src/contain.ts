/**
 * Calls what the host handed in, and keeps what it throws, or rejects with, away from the page and from us:
 * it goes to the console.
 */
export const contain = <Args extends readonly unknown[]>(
  callback: ((...args: Args) => unknown) | undefined,
  ...args: Args
): void => {
  new Promise((resolve) => resolve(callback?.(...args))).catch((error) => console.error(error));
};
