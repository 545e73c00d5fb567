import { Feedback, useObserve } from "@heed/react";
import { OwnThumbs } from "./own-thumbs.tsx";

interface AnswerProps {
  readonly requestId: string;
  readonly output: string;
  readonly own: boolean;
}

/** An answer that is observed, with the ready-made control or the own one under it. */
export const Answer = ({ requestId, output, own }: AnswerProps) => {
  const { ref, used } = useObserve(requestId);

  const copy = async () => {
    await navigator.clipboard.writeText(output);
    used("copied");
  };

  return (
    <>
      <p ref={ref}>{output}</p>
      <div className="actions">
        <button type="button" onClick={copy}>
          Copy
        </button>
      </div>
      {own ? <OwnThumbs requestId={requestId} /> : <Feedback requestId={requestId} />}
    </>
  );
};
