/** How an answer was asked for, where it does not say so itself. */
export interface Asked {
  /** @default 0.95 */
  readonly confidence?: number | undefined;
}
