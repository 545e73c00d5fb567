import { type ReactElement, useCallback, useEffect, useRef, useState, version } from "react";
import { Feedback, FeedbackProvider, useFeedback, useObserve } from "../index.ts";

/** Controls that a host might write, with what is said as text. */
const OwnControls = ({ name, requestId }: { readonly name: string; readonly requestId: string }) => {
  const { thumb, rating, comment, status, again, ...say } = useFeedback(requestId);
  const isUp = thumb?.direction === "up";
  return (
    <section aria-label={name}>
      <button
        type="button"
        aria-pressed={isUp}
        onClick={() => (isUp ? say.retract("thumb") : say.thumbUp({ reasons: ["clear"] }))}
      >
        Good
      </button>
      <button type="button" onClick={() => say.thumbDown()}>
        Bad
      </button>
      <button type="button" onClick={() => say.rate(4)}>
        Four stars
      </button>
      <button type="button" onClick={() => say.sendComment("Well said.")}>
        Well said
      </button>
      {again && (
        <button type="button" onClick={again}>
          Once more
        </button>
      )}
      <output>{[thumb?.direction, rating, comment, status].map((value) => value ?? "-").join(" ")}</output>
    </section>
  );
};

/** Hands out a function that outlives its component. */
const Keep = ({ keep }: { readonly keep: (vote: () => void) => void }) => {
  const { rate } = useFeedback("req-late");
  useEffect(() => keep(() => rate(1)), [keep, rate]);
  return null;
};

const Answer = ({ requestId }: { readonly requestId: string }) => {
  const { ref, used } = useObserve(requestId, { text: "Forty-two." });
  return (
    <>
      <p ref={ref}>Forty-two.</p>
      <button type="button" onClick={() => used("inserted")}>
        Insert
      </button>
    </>
  );
};

const onOff = (name: string, [isOn, set]: readonly [boolean, (isOn: boolean) => void]) => (
  <button type="button" aria-pressed={isOn} onClick={() => set(!isOn)}>
    {name}
  </button>
);

/** One of each, and the buttons that change what they are given. */
export const TestPage = (): ReactElement => {
  const isSecond = useState(false);
  const isGerman = useState(false);
  const isDisabled = useState(false);
  const isStars = useState(false);
  const isHidden = useState(false);
  const isClosed = useState(false);
  const [told, setTold] = useState<readonly string[]>([]);
  const lateVote = useRef(() => {});
  const keep = useCallback((vote: () => void) => {
    lateVote.current = vote;
  }, []);
  const requestId = isSecond[0] ? "req-2" : "req-1";
  return (
    <>
      <p>React {version}</p>
      {onOff("Second request", isSecond)}
      {onOff("German", isGerman)}
      {onOff("Disable", isDisabled)}
      {onOff("Stars", isStars)}
      {onOff("Hide", isHidden)}
      {onOff("Close", isClosed)}
      <button type="button" onClick={() => lateVote.current()}>
        Vote late
      </button>
      {isClosed[0] || (
        <FeedbackProvider
          endpoint="/v1/feedback"
          userId="user-1"
          metadata={{ page: "test" }}
          flushDelayMs={50}
          onError={() => {}}
        >
          <Keep keep={keep} />
          {isHidden[0] || (
            <>
              <Answer requestId={requestId} />
              <Feedback
                requestId={requestId}
                variant={isStars[0] ? "rating" : "feedback"}
                strings={isGerman[0] ? { feedback: "Meinung", thumbUp: "Gut" } : undefined}
                disabled={isDisabled[0]}
                className="mine"
                onFeedback={({ type }) => setTold([...told, type])}
              />
              <OwnControls name="Own" requestId={requestId} />
            </>
          )}
        </FeedbackProvider>
      )}
      <p data-testid="told">{told.join(" ")}</p>
      <FeedbackProvider endpoint="/v1/nowhere">
        <OwnControls name="Lost" requestId={requestId} />
      </FeedbackProvider>
    </>
  );
};
