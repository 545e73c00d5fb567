import type { FeedbackClient } from "../create-feedback.ts";
import type { RecordedFeedback } from "../feedback-event.ts";
import { createNode } from "./create-node.ts";
import { createSession, type Session } from "./create-session.ts";
import { completeStrings, type FeedbackStrings, type FeedbackStringsInput } from "./feedback-strings.ts";
import { sharedClient } from "./shared-client.ts";
import { css } from "./style-sheet.ts";

/** What every heed element has beside its attributes. */
export interface HeedElement extends HTMLElement {
  /** Takes the events; an element without one shares a client with the others of its `endpoint` and user. */
  client: Pick<FeedbackClient, "record"> | undefined;
  /** Texts in place of the English ones. */
  strings: FeedbackStringsInput | undefined;
}

/** Fired by an element, through shadow roots, when it has recorded an event; `detail` is the event. */
export type HeedFeedbackEvent = CustomEvent<RecordedFeedback>;

/** What an element shows of a session. */
type View = (session: Session, strings: FeedbackStrings, host: HTMLElement) => readonly Node[];

/** Defines a custom element, unless its name is taken or there is no page. */
export const defineElement = (name: string, view: View): void => {
  if (typeof customElements === "undefined" || customElements.get(name)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);

  // A class, because the platform knows no other way to make an element.
  class HeedControl extends HTMLElement implements HeedElement {
    static readonly observedAttributes = ["request-id", "endpoint", "user-id", "no-rating", "disabled"];
    readonly #root = createNode("fieldset");
    #client: HeedElement["client"];
    #strings: HeedElement["strings"];
    /** There from the first connection on: an element that is moved on the page keeps its votes. */
    #session: Session | undefined;

    constructor() {
      super();
      const shadow = this.attachShadow({ mode: "open" });
      shadow.adoptedStyleSheets = [sheet];
      shadow.append(this.#root);
      // A host may have set properties before this definition was loaded; they would hide our accessors.
      for (const name of ["client", "strings"] as const) {
        if (!Object.hasOwn(this, name)) continue;
        const { [name]: value } = this;
        delete (this as Partial<HeedElement>)[name];
        Object.assign(this, { [name]: value });
      }
    }

    get client(): HeedElement["client"] {
      return this.#client;
    }
    set client(client: HeedElement["client"]) {
      if (client === this.#client) return;
      this.#client = client;
      if (this.#session) this.#begin();
    }

    get strings(): HeedElement["strings"] {
      return this.#strings;
    }
    set strings(strings: HeedElement["strings"]) {
      // A host that renders often hands in equal objects, which must not close an open panel.
      if (JSON.stringify(strings) === JSON.stringify(this.#strings)) return;
      this.#strings = strings;
      this.#render();
    }

    connectedCallback(): void {
      if (!this.#session) this.#begin();
    }

    attributeChangedCallback(name: string, before: string | null, after: string | null): void {
      if (before === after || !this.#session) return;
      if (name === "disabled") this.#enable();
      else if (name === "no-rating") this.#render();
      else this.#begin();
    }

    /** Starts anew: another request, another user, or another way to send. */
    #begin(): void {
      const endpoint = this.getAttribute("endpoint");
      this.#session = createSession(
        this.#client ?? (endpoint ? sharedClient(endpoint, this.getAttribute("user-id")) : undefined),
        this.getAttribute("request-id"),
        (detail) =>
          this.dispatchEvent(new CustomEvent("heed-feedback", { bubbles: true, composed: true, detail })),
      );
      this.#enable();
      this.#render();
    }

    #enable(): void {
      this.#root.disabled = this.hasAttribute("disabled") || !this.#session?.ready;
    }

    #render(): void {
      if (!this.#session) return;
      const strings = completeStrings(this.#strings);
      this.#session.unwatch();
      this.#root.ariaLabel = strings.feedback;
      this.#root.replaceChildren(...view(this.#session, strings, this));
    }
  }
  customElements.define(name, HeedControl);
};
