import fc from "fast-check";
import { expect, test } from "vitest";
import { type FeedItem, renderFeed } from "./render-feed.ts";

const channel = {
  title: "You said, we did",
  link: "https://example.com/?a=1&b=2",
  description: "What came of it",
};
const item = (fields: Partial<FeedItem> = {}): FeedItem => ({
  title: "prompt v2",
  description: "We changed: prompt v2.",
  guid: "01JD9ZK4T00000000000000001",
  pubDate: new Date("2026-03-02T09:00:00Z"),
  ...fields,
});

test("a feed is RSS 2.0, with an item for each", () => {
  expect(renderFeed(channel, [item()])).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>You said, we did</title>
<link>https://example.com/?a=1&amp;b=2</link>
<description>What came of it</description>
<item>
<title>prompt v2</title>
<description>We changed: prompt v2.</description>
<guid isPermaLink="false">01JD9ZK4T00000000000000001</guid>
<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate>
</item>
</channel></rss>
`);
  expect(renderFeed(channel, [])).not.toContain("<item>");
});

const ofXml = (text: string): string =>
  text.replace(
    /&(?:#13|lt|gt|quot|apos|amp);/g,
    (entity) =>
      ({ "&#13;": "\r", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" })[entity]!,
  );

test("whatever text there is stays text, and comes back as it was but for what XML cannot hold", () => {
  const hostile = [
    "</title><script>alert(1)</script>",
    "]]><!--",
    "&lt;b&gt; &#x3c; <![CDATA[",
    "\u0000\u001B[2J\u0008",
    "\uD800 lone \uDC00",
    "\uFFFE\uFFFF",
    "a\r\nb\u2028c",
    "🙄 emoji",
  ];
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: "binary" })), (text) => {
      const feed = renderFeed({ ...channel, title: text }, [
        item({ title: text, description: text, guid: text }),
      ]);
      expect(feed).not.toMatch(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
      const tags = feed.match(/<[^>]*>/g)!.map((tag) => /[a-zA-Z?/]+/.exec(tag)![0]);
      const plain = renderFeed(channel, [item()]).match(/<[^>]*>/g)!;
      expect(tags).toEqual(plain.map((tag) => /[a-zA-Z?/]+/.exec(tag)![0]));
      expect(feed).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|#13);)/);
      const found = /<item>\n<title>([^<]*)<\/title>\n/.exec(feed)![1]!;
      const kept = Array.from(text.toWellFormed(), (character) =>
        /[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/u.test(character) ? "\uFFFD" : character,
      ).join("");
      expect(ofXml(found)).toBe(kept);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("a date that came back from JSON as a text is refused, as is none at all", () => {
  const pubDate = JSON.parse(JSON.stringify(new Date("2026-03-02")));
  for (const none of [pubDate, new Date(Number.NaN)])
    expect(() => renderFeed(channel, [item({ pubDate: none })])).toThrow("pubDate is not a valid Date");
});
