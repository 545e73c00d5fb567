import type { HeedElement } from "@heed/widget/elements";
import type { ClassAttributes, HTMLAttributes } from "react";

/** What a tag takes in JSX. Properties and events are not for React 18, which makes attributes of all. */
type HeedElementAttributes = ClassAttributes<HeedElement> &
  HTMLAttributes<HeedElement> & {
    readonly class?: string | undefined;
    readonly "request-id"?: string | undefined;
    readonly endpoint?: string | undefined;
    readonly "user-id"?: string | undefined;
    readonly name?: string | undefined;
    readonly theme?: "light" | "dark" | undefined;
    readonly disabled?: boolean | undefined;
    readonly "no-rating"?: boolean | undefined;
  };

declare module "react" {
  // biome-ignore lint/style/noNamespace: where React looks up tags
  namespace JSX {
    interface IntrinsicElements {
      "heed-feedback": HeedElementAttributes;
      "heed-thumbs": HeedElementAttributes;
      "heed-rating": HeedElementAttributes;
      "heed-comment": HeedElementAttributes;
    }
  }
}
