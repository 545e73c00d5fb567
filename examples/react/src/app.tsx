import { FeedbackProvider } from "@heed/react";
import { useState } from "react";
import { Answer } from "./answer.tsx";

interface Turn {
  readonly question: string;
  readonly requestId: string;
  readonly output: string;
}

export const App = () => {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [own, setOwn] = useState(false);

  const ask = async (form: FormData) => {
    const question = String(form.get("message"));
    const response = await fetch("/chat", { method: "POST", body: JSON.stringify({ message: question }) });
    const answer = await response.json();
    setTurns((earlier) => [{ question, ...answer }, ...earlier]);
  };

  return (
    <FeedbackProvider endpoint="/v1/feedback">
      <main>
        <h1>heed with React</h1>
        <p className="note">A canned model on this machine answers. It knows about eggs, rice and tea.</p>
        <form action={ask}>
          <label>
            Your message{" "}
            <input name="message" placeholder="How do I cook rice?" autoComplete="off" required />
          </label>
          <button type="submit">Send</button>
        </form>
        <label className="switch">
          <input type="checkbox" checked={own} onChange={() => setOwn(!own)} /> Own controls
        </label>
        <div className="chat" role="log" aria-label="Conversation">
          {turns.map(({ question, requestId, output }) => (
            <article key={requestId}>
              <h2>{question}</h2>
              <Answer requestId={requestId} output={output} own={own} />
            </article>
          ))}
        </div>
      </main>
    </FeedbackProvider>
  );
};
