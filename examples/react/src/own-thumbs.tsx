import { useFeedback } from "@heed/react";

/** Two buttons of the page's own; pressing one again takes the vote back. */
export const OwnThumbs = ({ requestId }: { readonly requestId: string }) => {
  const { thumb, thumbUp, thumbDown, retract } = useFeedback(requestId);
  const isUp = thumb?.direction === "up";
  const isDown = thumb?.direction === "down";
  return (
    <fieldset className="actions" aria-label="Feedback">
      <button type="button" aria-pressed={isUp} onClick={() => (isUp ? retract("thumb") : thumbUp())}>
        Helpful
      </button>
      <button type="button" aria-pressed={isDown} onClick={() => (isDown ? retract("thumb") : thumbDown())}>
        Not helpful
      </button>
    </fieldset>
  );
};
