import { requireDate } from "../check-options.ts";

/** An item of a feed, as text. */
export interface FeedItem {
  readonly title: string;
  readonly description: string;
  /** What tells it from all others, forever; no address. */
  readonly guid: string;
  readonly pubDate: Date;
}

export interface FeedOptions {
  readonly title: string;
  /** The address of the page that the feed is about. */
  readonly link: string;
  readonly description: string;
}

/**
 * Writes an RSS 2.0 feed of what feedback led to, from the `item` of each change of `composeAcknowledgements`. All is
 * text: whatever is in it is escaped, and characters that XML does not know become U+FFFD.
 *
 * Source: RSS 2.0 Specification, RSS Advisory Board, 2.0.11.
 *
 * @throws HeedError `INVALID_QUERY` for a `pubDate` that is no moment, as one from JSON
 *
 * @example
 * const feed = renderFeed({ title: "You said, we did", link: "https://example.com", description: "" }, items);
 */
export const renderFeed = ({ title, link, description }: FeedOptions, items: readonly FeedItem[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
${element("title", title)}${element("link", link)}${element("description", description)}${items.map(itemOf).join("")}</channel></rss>
`;

const itemOf = ({ title, description, guid, pubDate }: FeedItem): string => {
  requireDate("pubDate", pubDate);
  return `<item>
${element("title", title)}${element("description", description)}<guid isPermaLink="false">${escapeXml(guid)}</guid>
${element("pubDate", pubDate.toUTCString())}</item>
`;
};

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>\n`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A carriage return would come back as a line feed unless it is written as a reference. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"']/g, (character) => entities[character]!)
    .replaceAll("\r", "&#13;");
