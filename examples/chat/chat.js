const log = document.getElementById("log");
const form = document.querySelector("form");

const ask = async (message) => {
  const response = await fetch("/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  });
  return response.json();
};

const show = ({ requestId, output }) => {
  const answer = document.createElement("p");
  answer.textContent = output;
  // One element under the answer is all that the page needs: it knows which answer it is about.
  const feedback = document.createElement("heed-feedback");
  feedback.setAttribute("request-id", requestId);
  feedback.setAttribute("endpoint", "/v1/feedback");
  log.append(answer, feedback);
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = form.elements.message.value;
  form.reset();
  show(await ask(message));
});
