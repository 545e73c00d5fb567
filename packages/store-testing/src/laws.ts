import type { Lab } from "./lab.ts";
import { analysing } from "./laws/analysing.ts";
import { appending } from "./laws/appending.ts";
import { closing } from "./laws/closing.ts";
import { comingBack } from "./laws/coming-back.ts";
import { erasing } from "./laws/erasing.ts";
import { fastPaths } from "./laws/fast-paths.ts";
import { filtering } from "./laws/filtering.ts";
import { handles } from "./laws/handles.ts";
import { isolation } from "./laws/isolation.ts";
import { paging } from "./laws/paging.ts";
import { removing } from "./laws/removing.ts";

/** Laws by what they say; each fails where a store breaks it. */
export type Laws = Readonly<Record<string, (lab: Lab) => Promise<void>>>;

/** Every law, by what it is about. */
export const lawGroups = {
  appending,
  "coming back": comingBack,
  paging,
  filtering,
  removing,
  "erasing a user": erasing,
  closing,
  isolation,
  "two handles": handles,
  "fast paths": fastPaths,
  analysing,
} as const satisfies Readonly<Record<string, Laws>>;

type Groups = typeof lawGroups;

/** What a law says, which is its name. */
export type Law = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups] & string;

/** The names of all laws. */
export const laws: readonly Law[] = Object.values(lawGroups).flatMap((group) => Object.keys(group) as Law[]);
