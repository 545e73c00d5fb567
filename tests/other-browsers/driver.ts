/** A tab of a browser, whichever browser it is. */
export interface Tab {
  /** What an expression comes to on the page, a promise's outcome if it gives one, as JSON carries it. */
  readonly evaluate: <Result>(expression: string) => Promise<Result>;
  readonly reload: () => Promise<void>;
  /** Types a text with the keyboard, where the focus is. */
  readonly type: (text: string) => Promise<void>;
  /** Presses Control and C. */
  readonly copy: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A browser that runs. Its tabs share their storage, and leave nothing behind. */
export interface Driver {
  /** Opens a page in a tab of its own, and resolves when it is loaded. */
  readonly open: (url: string) => Promise<Tab>;
  readonly close: () => Promise<void>;
}
