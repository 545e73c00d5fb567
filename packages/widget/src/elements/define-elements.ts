import type { FeedbackClient } from "../feedback-client.ts";
import type { RecordedFeedback } from "../feedback-event.ts";
import type { Said } from "../voting/index.ts";
import { createNode } from "./create-node.ts";
import { createSession, type Session } from "./create-session.ts";
import { completeStrings, type FeedbackStrings, type FeedbackStringsInput } from "./feedback-strings.ts";
import { pageStrings } from "./page-strings.ts";
import { sharedClient } from "./shared-client.ts";
import { css } from "./style-sheet.ts";

/** What every heed element has beside its attributes. */
export interface HeedElement extends HTMLElement {
  /** Takes the events; an element without one shares a client with the others of its `endpoint` and user. */
  client: Pick<FeedbackClient, "record"> | undefined;
  /** Texts in place of those of the page. */
  strings: FeedbackStringsInput | undefined;
}

/** Fired by an element, through shadow roots, when it has recorded an event; `detail` is the event. */
export type HeedFeedbackEvent = CustomEvent<RecordedFeedback>;

/** What an element is. */
interface Definition {
  /** What it shows of a session. */
  view(session: Session, strings: FeedbackStrings, host: HTMLElement): readonly Node[];
  /** What it adds to a form under its `name`; undefined, or no function, for nothing. */
  value?(said: Said, root: HTMLElement): string | undefined;
}

/** Defines custom elements, those whose names are free, where there is a page. */
export const defineElements = (definitions: Readonly<Record<string, Definition>>): void => {
  if (typeof customElements === "undefined") return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  for (const [name, { view, value }] of Object.entries(definitions)) {
    // A class, because the platform knows no other way to make an element.
    class HeedControl extends HTMLElement implements HeedElement {
      static readonly formAssociated = true;
      static readonly observedAttributes = ["request-id", "endpoint", "user-id", "no-rating"];
      readonly #internals = this.attachInternals();
      #root = createNode("fieldset", {});
      #client: HeedElement["client"];
      #strings: HeedElement["strings"];
      /** The texts of the page when they were last shown. */
      #read: FeedbackStrings | undefined;
      /** There from the first connection on. */
      #session: Session | undefined;

      constructor() {
        super();
        const shadow = this.attachShadow({ mode: "open" });
        shadow.adoptedStyleSheets = [sheet];
        shadow.append(
          this.#root,
          createNode("div", { "aria-live": "polite" }, createNode("slot", { name: "message" })),
        );
        // A host may have set properties before this definition was loaded; they would hide our accessors.
        const { client, strings } = this;
        delete (this as Partial<HeedElement>).client;
        delete (this as Partial<HeedElement>).strings;
        Object.assign(this, { client, strings });
      }

      get client(): HeedElement["client"] {
        return this.#client;
      }
      set client(client: HeedElement["client"]) {
        if (client === this.#client) return;
        this.#client = client;
        this.#renew();
      }

      get strings(): HeedElement["strings"] {
        return this.#strings;
      }
      set strings(strings: HeedElement["strings"]) {
        // A host that renders often hands in equal objects, which must not close an open panel.
        if (JSON.stringify(strings) === JSON.stringify(this.#strings)) return;
        this.#strings = strings;
        this.#renew();
      }

      connectedCallback(): void {
        pageStrings.readers.add(this.#render);
        // An element that is only moved keeps its open panel, and text that was not sent.
        if (this.#read === pageStrings.current) this.#session?.open();
        else this.#render();
      }

      disconnectedCallback(): void {
        pageStrings.readers.delete(this.#render);
        this.#session?.close();
      }

      attributeChangedCallback(_: string, before: string | null, after: string | null): void {
        if (before !== after) this.#renew();
      }

      /** Told of the element itself, and of a fieldset around it. */
      formDisabledCallback(): void {
        this.#root.disabled = this.matches(":disabled") || !this.#session?.ready;
      }

      formResetCallback(): void {
        this.#session?.forget();
        this.#renew();
      }

      #renew(): void {
        if (this.#session) this.#render();
      }

      readonly #tell = (detail: RecordedFeedback): void => {
        this.dispatchEvent(new CustomEvent("heed-feedback", { bubbles: true, composed: true, detail }));
      };

      readonly #render = (): void => {
        this.#session?.close();
        const endpoint = this.getAttribute("endpoint");
        const session = createSession(
          this.#client ?? (endpoint ? sharedClient(endpoint, this.getAttribute("user-id")) : undefined),
          this.getAttribute("request-id"),
          this.#tell,
        );
        this.#read = pageStrings.current;
        const strings = completeStrings(this.#read, this.#strings);
        const root = createNode(
          "fieldset",
          {
            tabindex: "-1",
            "aria-label": strings.feedback,
            ...(strings.lang && { lang: strings.lang }),
            ...(strings.dir && { dir: strings.dir }),
          },
          ...view(session, strings, this),
        );
        const focused = this.#root.matches(":focus-within");
        this.#root.replaceWith(root);
        if (focused) root.focus();
        const contribute = () => this.#internals.setFormValue(value?.(session.said, root) ?? null);
        root.oninput = contribute;
        session.watch(contribute);
        this.#root = root;
        this.#session = session;
        this.formDisabledCallback();
        if (this.isConnected) session.open();
      };
    }
    if (!customElements.get(name)) customElements.define(name, HeedControl);
  }
};
