import { getFeedbackSummary } from "@heed/core";
import { en } from "@heed/widget/locales/en";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ElementPages, launchElementPages } from "./support/element-pages.ts";
import { elementHtml, elementStates, reachAll } from "./support/element-states.ts";

let pages: ElementPages;

beforeAll(async () => {
  pages = await launchElementPages();
});

afterAll(() => pages?.close());

const attributes = (requestId: string): string =>
  `request-id="${requestId}" endpoint="/v1/feedback" user-id="user-1"`;

/** The focused node, through shadow roots. */
const focused = `(() => {
  let node = document.activeElement;
  while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
})()`;

/** What a screen reader would call the focused node, or what it is. */
const focus = (page: Page): Promise<string> =>
  page.evaluate(`${focused}.ariaLabel ?? (${focused}.textContent || ${focused}.localName)`);

const summary = (requestId: string) => getFeedbackSummary(pages.store, requestId);

/** How many events of a request have arrived. */
const arrived = async (requestId: string): Promise<number> =>
  (await pages.store.readFeedback({ requestId }, { limit: 100 })).items.length;

describe("what axe cannot see", () => {
  let page: Page;
  let requestId = "";
  let count = 0;

  const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
  const panel = (): Locator => page.getByRole("group", { name: en.details });

  beforeEach(async () => {
    requestId = `behaviour-${++count}`;
    page = await pages.open(
      `<button>before</button><heed-feedback ${attributes(requestId)}></heed-feedback><button>after</button>`,
    );
    await button(en.thumbUp).waitFor();
    return () => page.close();
  });

  it("focus is in the panel within a frame of its opening", async () => {
    const within = await page.evaluate(`new Promise((resolve) => {
      const { shadowRoot } = document.querySelector("heed-feedback");
      shadowRoot.querySelector("[part~=down]").click();
      requestAnimationFrame(() => resolve(shadowRoot.activeElement === shadowRoot.getElementById("panel")));
    })`);
    expect(within).toBe(true);
    await page.keyboard.press("Tab");
    expect(await focus(page)).toBe(en.downReasons.incorrect);
  });

  it("Escape closes the panel from wherever the focus is in it, and nothing around it", async () => {
    await page.evaluate(`addEventListener("keydown", ({ key }) => (document.title = key))`);
    const places = [
      panel(),
      button(en.downReasons.slow),
      page.getByRole("textbox"),
      button(en.close),
      button(en.details),
    ];
    await button(en.thumbDown).click();
    for (const place of places) {
      await place.focus();
      await page.keyboard.press("Escape");
      expect(await panel().isVisible()).toBe(false);
      expect(await page.title()).not.toBe("Escape");
      await button(en.details).click();
    }
    await button(en.details).click();
    await page.keyboard.press("Escape");
    expect(await page.title()).toBe("Escape");
  });

  it("focus returns to what opened the panel, however it is closed", async () => {
    for (const opener of [en.thumbDown, en.details]) {
      for (const close of [() => page.keyboard.press("Escape"), () => button(en.close).click()]) {
        await button(opener).focus();
        await page.keyboard.press("Enter");
        if (!(await panel().isVisible())) await page.keyboard.press("Enter");
        await panel().waitFor();
        await close();
        expect(await focus(page)).toBe(opener);
      }
    }
    await button(en.details).click();
    await page.getByRole("textbox").fill("A comment");
    await button(en.send).click();
    expect(await focus(page)).toBe(en.details);
  });

  it("focus is never on the body, whatever is done", async () => {
    const doing = async (action: () => Promise<unknown>) => {
      await action();
      await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))");
      expect(await focus(page)).not.toMatch(/^body$|^\s/);
      expect(await page.evaluate("document.activeElement.localName")).toBe("heed-feedback");
    };
    const refuse = (url: string) =>
      page.route(url, (route) => route.fulfill({ status: 400, body: "{}" }), { times: 1 });
    const click = (name: string) => () => button(name).click();

    await doing(click(en.thumbUp));
    await doing(click(en.thumbUp));
    await doing(click(en.thumbDown));
    await doing(click(en.downReasons.unsafe));
    await doing(click(en.send));
    await doing(() => page.getByRole("textbox").fill("A comment"));
    await doing(click(en.send));
    await doing(click(en.details));
    await doing(click(en.takeBack));
    await doing(click(en.close));
    await doing(click(en.thumbDown));
    await doing(() => page.getByRole("radio").nth(2).click());
    await doing(click(en.clearRating));
    await refuse("**/v1/feedback");
    await doing(click(en.thumbUp));
    await button(en.tryAgain).waitFor();
    await doing(click(en.tryAgain));
    await page.getByText(en.stored).waitFor();
    await refuse("**/v1/feedback");
    await doing(click(en.thumbDown));
    await button(en.tryAgain).waitFor();
    // The thumb that the panel was opened for is gone, and so are its reasons.
    await doing(() => page.keyboard.press("Escape"));
    // The host has its say as well.
    await doing(() => page.evaluate(`document.querySelector("heed-feedback").strings = { close: "Shut" }`));
    await doing(() =>
      page.evaluate(`document.querySelector("heed-feedback").setAttribute("request-id", "another")`),
    );
  });

  it("Tab goes through the controls in their order, and through the panel when it is open", async () => {
    const tabs = async (from: string): Promise<string[]> => {
      await button(from).focus();
      const order: string[] = [];
      for (let name = from; name !== "after"; name = await focus(page)) {
        order.push(name);
        await page.keyboard.press("Tab");
      }
      return order;
    };
    const star = (stars: number) => en.stars.replace("{stars}", String(stars));
    expect(await tabs("before")).toEqual(["before", en.thumbUp, en.thumbDown, star(1), en.details]);

    await button(en.thumbDown).click();
    await page.getByRole("radio").nth(3).click();
    await page.getByText(en.stored).waitFor();
    const order = await tabs("before");
    expect(order).toEqual([
      ...["before", en.thumbUp, en.thumbDown, star(4), en.clearRating, en.details],
      ...Object.values(en.downReasons),
      ...["textarea", en.send, en.close],
    ]);

    const back = [];
    for (let name = await focus(page); name !== "before"; name = await focus(page)) {
      await page.keyboard.press("Shift+Tab");
      back.unshift(await focus(page));
    }
    expect(back).toEqual(order);
  });

  it("thumbs and reasons say whether they are pressed", async () => {
    const pressed = async (...names: string[]) =>
      Promise.all(names.map((name) => button(name).getAttribute("aria-pressed")));
    const thumbs = () => pressed(en.thumbUp, en.thumbDown);
    const reasons = () => pressed(en.downReasons.slow, en.downReasons.other);

    expect(await thumbs()).toEqual(["false", "false"]);
    await button(en.thumbUp).click();
    expect(await thumbs()).toEqual(["true", "false"]);
    await button(en.thumbDown).click();
    expect(await thumbs()).toEqual(["false", "true"]);
    expect(await reasons()).toEqual(["false", "false"]);
    await button(en.downReasons.slow).click();
    expect(await reasons()).toEqual(["true", "false"]);
    await button(en.downReasons.other).click();
    await button(en.downReasons.slow).click();
    expect(await reasons()).toEqual(["false", "true"]);
    await button(en.thumbDown).click();
    expect(await thumbs()).toEqual(["false", "false"]);
  });

  it("what opens the panel says whether it is open, and which panel", async () => {
    const expanded = (name: string) => button(name).getAttribute("aria-expanded");
    const both = async () => [await expanded(en.thumbDown), await expanded(en.details)];
    const controls = `["down", "details"].map((part) => {
      const { shadowRoot } = document.querySelector("heed-feedback");
      const button = shadowRoot.querySelector(\`[part~=\${part}]\`);
      return shadowRoot.getElementById(button.getAttribute("aria-controls"))?.getAttribute("part");
    })`;

    expect(await page.evaluate(controls)).toEqual(["panel", "panel"]);
    expect(await both()).toEqual(["false", "false"]);
    await button(en.details).click();
    expect(await both()).toEqual(["false", "true"]);
    await button(en.thumbDown).click();
    expect(await both()).toEqual(["true", "true"]);
    await button(en.close).click();
    expect(await both()).toEqual(["false", "false"]);
    expect(await page.evaluate(controls)).toEqual(["panel", "panel"]);
  });

  it("a polite live region tells of thanks, loss and retraction, once each", async () => {
    await page.evaluate(`(() => {
      const region = document.querySelector("heed-feedback").shadowRoot.querySelector("[role=status]");
      globalThis.said = [region.textContent];
      const say = () => region.textContent !== said.at(-1) && said.push(region.textContent);
      new MutationObserver(say).observe(region, { childList: true, characterData: true, subtree: true });
    })()`);
    const hears = async (action: () => Promise<unknown>, text: string) => {
      await action();
      await expect.poll(() => page.evaluate("said.at(-1)")).toBe(text);
    };
    const click = (name: string) => () => button(name).click();

    await hears(click(en.thumbDown), en.stored);
    for (const reason of [en.downReasons.incorrect, en.downReasons.slow, en.downReasons.incorrect]) {
      const before = await arrived(requestId);
      await button(reason).click();
      await expect.poll(() => arrived(requestId)).toBe(before + 1);
    }
    expect(await page.evaluate("said")).toEqual(["", en.stored]);
    await page.getByRole("textbox").fill("A comment");
    await hears(click(en.send), en.stored);
    await hears(click(en.thumbDown), en.takenBack);
    await page.route("**/v1/feedback", (route) => route.fulfill({ status: 400, body: "{}" }), { times: 1 });
    await hears(click(en.thumbUp), en.notSent);
    await hears(click(en.tryAgain), en.stored);
    const said = ["", en.stored, "", en.stored, "", en.takenBack, "", en.notSent, "", en.stored];
    expect(await page.evaluate("said")).toEqual(said);
    expect(await page.getByRole("status").count()).toBe(1);
  });

  it("every target is at least 24 pixels wide and high, in every state", async () => {
    for (const width of [1280, 320]) {
      const states = await pages.open(elementStates.map(elementHtml).join(""), {
        viewport: { width, height: 800 },
      });
      await reachAll(states, en);
      const targets = (await states.evaluate(`[...document.querySelectorAll("main > *")].flatMap(
        ({ id, shadowRoot }) => [...(shadowRoot?.querySelectorAll("button, input, textarea, a, label") ?? [])]
          .filter((node) => node.checkVisibility() && !(node.htmlFor))
          .map((node) => [id + " " + (node.ariaLabel ?? node.textContent), node.getBoundingClientRect().toJSON()]))`)) as [
        string,
        { readonly width: number; readonly height: number },
      ][];
      expect(targets.length).toBeGreaterThan(100);
      expect(targets.filter(([, box]) => box.width < 24 || box.height < 24)).toEqual([]);
      await states.close();
    }
  });

  it("stars are one group of radio buttons, and arrow keys choose among them", async () => {
    const group = page.getByRole("radiogroup", { name: en.rating });
    expect(await group.getByRole("radio").count()).toBe(5);
    const checked = () =>
      group
        .getByRole("radio")
        .evaluateAll((radios) => radios.map((radio) => `${"checked" in radio && radio.checked}`));
    await group.getByRole("radio").first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await focus(page)).toBe("2 of 5 stars");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await checked()).toEqual(["false", "false", "false", "false", "true"]);
    await expect.poll(async () => (await summary(requestId)).avgRating).toBe(5);
  });

  it("everything can be done with the keyboard alone", async () => {
    const to = async (name: string) => {
      for (let steps = 0; (await focus(page)) !== name; steps++) {
        expect(steps).toBeLessThan(40);
        await page.keyboard.press("Tab");
      }
    };
    const press = async (name: string, key = "Enter") => {
      await to(name);
      await page.keyboard.press(key);
    };
    const becomes = (expected: object) => expect.poll(() => summary(requestId)).toMatchObject(expected);

    await button("before").focus();
    await press(en.thumbUp);
    await becomes({ thumbsUp: 1 });
    await press(en.thumbDown);
    await becomes({ thumbsUp: 0, thumbsDown: 1 });
    await press(en.downReasons.refused, "Space");
    await becomes({ reasons: { refused: 1 } });
    await to("textarea");
    await page.keyboard.type("It said no.");
    await page.keyboard.press("Control+Enter");
    await becomes({ comments: [{ text: "It said no." }] });
    expect(await panel().isVisible()).toBe(false);
    await press(en.details);
    await press(en.takeBack);
    await becomes({ comments: [] });
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Not at all.");
    await press(en.send);
    await becomes({ comments: [{ text: "Not at all." }] });
    await button("before").focus();
    await to("1 of 5 stars");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await becomes({ avgRating: 2 });
    await press(en.clearRating);
    await becomes({ ratingCount: 0 });
    await button("before").focus();
    await press(en.thumbDown);
    await becomes({ thumbsDown: 0 });
  });
});

describe("what a page does to an element", () => {
  /** Runs code in the page that knows the first heed element, its shadow root, and how to find a part in it. */
  const inElement = (page: Page, code: string): Promise<unknown> =>
    page.evaluate(`(() => {
      const element = document.querySelector(":is(heed-feedback, heed-thumbs)");
      const part = (name, of = element) => of.shadowRoot.querySelector(\`[part~=\${name}]\`);
      ${code}
    })()`);

  const thumb = (page: Page, name: string = en.thumbUp): Locator =>
    page.getByRole("button", { name, exact: true });

  it("sets properties before the script is there: they count", async () => {
    let arrive = (): void => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const page = await pages.open(`<heed-feedback ${attributes("late")}></heed-feedback>`, {}, (page) =>
      page.route("**/heed-widget.js", async (route) => {
        await arrival;
        await route.continue();
      }),
    );
    await page.locator("heed-feedback").waitFor({ state: "attached" });
    await inElement(
      page,
      `globalThis.events = [];
       element.strings = { thumbUp: "Yes" };
       element.client = {
         record(event) { events.push(event); return Object.assign(Promise.resolve("stored"), { event }) },
       };
       element.addEventListener("heed-feedback", ({ detail }) => events.push(detail));`,
    );
    arrive();
    await thumb(page, "Yes").click();
    const event = { requestId: "late", type: "explicit_thumbs_up", value: true };
    expect(await page.evaluate("events")).toEqual([event, event]);
    expect((await summary("late")).thumbsUp).toBe(0);
    await page.close();
  });

  it("clones it, with and without what is in it: each clone is an element of its own", async () => {
    const page = await pages.open(
      `<heed-feedback ${attributes("cloned")}><p slot="message">Thanks to you</p></heed-feedback>`,
    );
    await thumb(page).click();
    await page.getByText(en.stored).waitFor();
    const counts = await inElement(
      page,
      `return [element.cloneNode(true), element.cloneNode(false)].map((clone) => {
         clone.setAttribute("request-id", "clone");
         element.after(clone);
         return [clone.shadowRoot.querySelectorAll("fieldset").length, clone.textContent];
       })`,
    );
    expect(counts).toEqual([
      [1, "Thanks to you"],
      [1, ""],
    ]);
    const pressed = () => thumb(page).evaluateAll((buttons) => buttons.map((button) => button.ariaPressed));
    expect(await pressed()).toEqual(["true", "false", "false"]);
    await thumb(page, en.thumbDown).nth(1).click();
    await expect.poll(async () => (await summary("clone")).thumbsDown).toBe(1);
    expect(await pressed()).toEqual(["true", "false", "false"]);
    expect((await summary("cloned")).thumbsUp).toBe(1);
    await page.close();
  });

  it("moves it elsewhere: votes, open panel and unsent text stay", async () => {
    const page = await pages.open(
      `<section></section><heed-feedback ${attributes("moved")}></heed-feedback>`,
    );
    await thumb(page, en.thumbDown).click();
    await page.getByRole("textbox").fill("unsent");
    await inElement(page, `document.querySelector("section").append(element)`);
    expect(await thumb(page, en.thumbDown).getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByRole("textbox").inputValue()).toBe("unsent");
    await inElement(
      page,
      `element.remove();
       return new Promise(requestAnimationFrame).then(() => document.querySelector("main").prepend(element));`,
    );
    await thumb(page, en.downReasons.slow).click();
    await expect.poll(() => summary("moved")).toMatchObject({ thumbsDown: 1, reasons: { slow: 1 } });
    expect(await page.getByRole("textbox").inputValue()).toBe("unsent");
    await page.close();
  });

  it("removes it while a vote is on its way: the vote arrives, and is shown when it is back", async () => {
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const page = await pages.open(`<heed-feedback ${attributes("removed")}></heed-feedback>`, {}, (page) =>
      page.route("**/v1/feedback", async (route) => {
        await answered;
        await route.continue();
      }),
    );
    await thumb(page).click();
    await inElement(page, "globalThis.removed = element; element.remove()");
    answer();
    await expect.poll(async () => (await summary("removed")).thumbsUp).toBe(1);
    await page.evaluate(`document.querySelector("main").append(removed)`);
    await page.getByText(en.stored).waitFor();
    expect(await thumb(page).getAttribute("aria-pressed")).toBe("true");
    await page.close();
  });

  it("loads the script twice: the first stays, and nothing breaks", async () => {
    const page = await pages.open(`<heed-feedback ${attributes("twice")}></heed-feedback>`);
    await page.route("**/heed-widget-again.js", async (route) => {
      const response = await route.fetch({ url: new URL("/heed-widget.js", page.url()).href });
      await route.fulfill({ response });
    });
    await thumb(page).click();
    const same = await inElement(
      page,
      `const before = customElements.get("heed-feedback");
       return import("/heed-widget-again.js").then(() => before === customElements.get("heed-feedback"));`,
    );
    expect(same).toBe(true);
    await thumb(page, en.thumbDown).click();
    await expect.poll(() => summary("twice")).toMatchObject({ thumbsUp: 0, thumbsDown: 1 });
    await page.close();
  });

  it("styles everything away: the controls are there, can be hit, and vote", async () => {
    const page = await pages.open(`<heed-feedback ${attributes("hostile")}></heed-feedback>`);
    await page.evaluate(`(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(\`
        * { all: unset; letter-spacing: 1em; text-transform: uppercase; white-space: nowrap; text-align: right }
        button, input, textarea, label, svg, fieldset, p { display: none !important }
        :focus-visible { outline: none !important }\`);
      document.adoptedStyleSheets.push(sheet);
    })()`);
    await thumb(page, en.thumbDown).click();
    await thumb(page, en.downReasons.incomplete).click();
    await page.getByRole("textbox").fill("readable");
    await thumb(page, en.send).click();
    await page.getByRole("radio").nth(4).click();
    await expect
      .poll(() => summary("hostile"))
      .toMatchObject({ reasons: { incomplete: 1 }, avgRating: 5, comments: [{ text: "readable" }] });
    const looks = await inElement(
      page,
      `part("thumb").focus();
       const { letterSpacing, textTransform, whiteSpace } = getComputedStyle(part("status"));
       return [letterSpacing, textTransform, whiteSpace, part("thumb").getBoundingClientRect().width];`,
    );
    expect(looks).toEqual(["normal", "none", "normal", 36]);
    await page.close();
  });

  it("froze the prototypes before the script came: votes arrive", async () => {
    const page = await pages.open(`<heed-feedback ${attributes("frozen")}></heed-feedback>`, {}, (page) =>
      page.addInitScript(`for (const name of Object.getOwnPropertyNames(globalThis)) {
        const { prototype } = globalThis[name] ?? {};
        if (prototype) Object.freeze(prototype);
      }`),
    );
    await thumb(page).click();
    await page.getByRole("radio").nth(1).click();
    await expect.poll(() => summary("frozen")).toMatchObject({ thumbsUp: 1, avgRating: 2 });
    expect(
      await page.evaluate("Object.isFrozen(HTMLElement.prototype) && Object.isFrozen(Array.prototype)"),
    ).toBe(true);
    await page.close();
  });

  it("clicks fifty times in a row: the last state is shown and is what the server has", async () => {
    const page = await pages.open(`<heed-thumbs ${attributes("rapid")}></heed-thumbs>`);
    await thumb(page).waitFor();
    const click = (times: number) =>
      inElement(page, `for (let time = 0; time < ${times}; time++) part(time % 3 ? "up" : "down").click();`);
    const shown = () =>
      inElement(
        page,
        `return [part("up"), part("down")].map(({ ariaPressed }) => ariaPressed === "true" ? 1 : 0)`,
      );
    const stored = async () => {
      const { thumbsUp, thumbsDown } = await summary("rapid");
      return [thumbsUp, thumbsDown];
    };

    await click(50);
    await expect.poll(() => arrived("rapid")).toBe(50);
    expect(await stored()).toEqual(await shown());
    await click(1);
    await expect.poll(() => arrived("rapid")).toBe(51);
    expect(await stored()).toEqual(await shown());
    await page.close();
  });
});

it("nothing was refused by the policy of a page, nor was there an error", () => {
  expect(pages.problems).toEqual([]);
});
