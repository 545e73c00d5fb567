import "@heed/widget/elements";
import "./custom-elements.ts";
import type { RecordedFeedback } from "@heed/widget";
import type { FeedbackStringsInput, HeedElement, HeedFeedbackEvent } from "@heed/widget/elements";
import {
  forwardRef,
  type HTMLAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { useFeedbackClient } from "./use-feedback-client.ts";

/** Attributes of the element, such as `className`, `style` and `lang`, and these. */
export interface FeedbackProps extends Omit<HTMLAttributes<HeedElement>, "dangerouslySetInnerHTML"> {
  /** The request whose output this is about. The control is disabled while there is none. */
  readonly requestId: string | undefined;
  /**
   * Thumbs with reasons and a comment, and stars; or one of them alone.
   * @default "feedback"
   */
  readonly variant?: "feedback" | "thumbs" | "rating" | "comment" | undefined;
  /** Texts in place of the English ones. */
  readonly strings?: FeedbackStringsInput | undefined;
  /**
   * Colours for a light or a dark page.
   * @default the `color-scheme` of the page
   */
  readonly theme?: "light" | "dark" | undefined;
  /** Nothing can be pressed, such as while the answer is still being written. */
  readonly disabled?: boolean | undefined;
  /** The variant `feedback` without stars. */
  readonly noRating?: boolean | undefined;
  /** Names what was said in a form around it: `up` or `down`, the stars, or the text; not of `feedback`. */
  readonly name?: string | undefined;
  /** Called with every event that the user causes here. It is recorded by then, not yet stored. */
  readonly onFeedback?: ((event: RecordedFeedback) => void) | undefined;
}

// React 18 warns of layout effects where there is no layout.
const usePageEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * The feedback control under an output: `<heed-feedback>` with the client of the nearest provider. Its ref is the
 * element.
 *
 * @example
 * <Feedback requestId={message.requestId} disabled={isStreaming} />
 */
export const Feedback = forwardRef<HeedElement, FeedbackProps>(
  (
    {
      requestId,
      variant = "feedback",
      strings,
      theme,
      disabled,
      noRating,
      onFeedback,
      className,
      ...attributes
    },
    ref,
  ) => {
    const client = useFeedbackClient();
    const element = useRef<HeedElement>(null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: another variant is another element
    useImperativeHandle(ref, () => element.current!, [variant]);
    // Properties and events of custom elements are unknown to React 18.
    usePageEffect(() => {
      const { current } = element;
      if (!current) return;
      Object.assign(current, { client, strings });
      const listener = ({ detail }: HeedFeedbackEvent) => onFeedback?.(detail);
      current.addEventListener("heed-feedback", listener);
      return () => current.removeEventListener("heed-feedback", listener);
    });
    const Tag = `heed-${variant}` as const;
    return (
      <Tag
        {...attributes}
        ref={element}
        class={className}
        theme={theme}
        request-id={requestId}
        // For React 18, `false` is an attribute too.
        disabled={disabled || undefined}
        no-rating={noRating || undefined}
      />
    );
  },
);
