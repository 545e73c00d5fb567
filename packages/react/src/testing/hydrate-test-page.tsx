import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { TestPage } from "./test-page.tsx";

hydrateRoot(
  document.querySelector("#root")!,
  <StrictMode>
    <TestPage />
  </StrictMode>,
);
