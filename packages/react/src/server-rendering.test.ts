import { createElement, StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { Feedback, type FeedbackProps, FeedbackProvider, useFeedback } from "./index.ts";

const underProvider = (...children: Parameters<typeof createElement>[2][]) =>
  renderToString(createElement(FeedbackProvider, { endpoint: "/v1/feedback" }, ...children));

const Own = () => {
  const { thumb, rating, comment, status, again } = useFeedback("req-1");
  return JSON.stringify([thumb, rating, comment, status, again].map((value) => value === undefined));
};

const render = (props: FeedbackProps) => underProvider(createElement(Feedback, props));

test("there is no page", () => {
  expect(typeof document).toBe("undefined");
  expect(typeof window).toBe("undefined");
});

test("a control is its bare tag with attributes, and properties stay out of them", () => {
  expect(render({ requestId: "req-1" })).toBe(`<heed-feedback request-id="req-1"></heed-feedback>`);
  expect(
    render({
      requestId: "req-1",
      className: "mine",
      style: { marginTop: 4 },
      id: "control",
      theme: "dark",
      strings: { send: "Los" },
      onFeedback: () => {},
    }),
  ).toBe(
    `<heed-feedback style="margin-top:4px" id="control" class="mine" theme="dark" request-id="req-1"></heed-feedback>`,
  );
});

test("a variant is another tag, and what is false is no attribute", () => {
  expect(render({ requestId: "req-1", variant: "thumbs", disabled: false, noRating: false })).toBe(
    `<heed-thumbs request-id="req-1"></heed-thumbs>`,
  );
  expect(render({ requestId: undefined, disabled: true, noRating: true })).toBe(
    `<heed-feedback disabled="" no-rating=""></heed-feedback>`,
  );
});

test("messages of the host travel in the tag", () => {
  const message = createElement("p", { slot: "message" }, "Fixed since.");
  expect(render({ requestId: "req-1", children: message })).toBe(
    `<heed-feedback request-id="req-1"><p slot="message">Fixed since.</p></heed-feedback>`,
  );
});

test("own controls show that nothing was said", () => {
  expect(underProvider(createElement(StrictMode, {}, createElement(Own)))).toBe("[true,true,true,true,true]");
});

test("without a provider, the error says what is missing", () => {
  const alone = createElement(Feedback, { requestId: "req-1" });
  expect(() => renderToString(alone)).toThrow("Feedback needs a <FeedbackProvider> above it");
});
