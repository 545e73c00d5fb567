import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { TestPage } from "./test-page.tsx";

/** The page as a server sends it. */
export const markup = renderToString(
  <StrictMode>
    <TestPage />
  </StrictMode>,
);
