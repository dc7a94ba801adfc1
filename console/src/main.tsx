// Starts the page.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { openApi } from "./api/open-api.ts";
import { App } from "./shell/app.tsx";
import { Frame } from "./shell/frame.tsx";
import { Lost } from "./shell/lost.tsx";
import { fetchPage, openRouter } from "./shell/routing/router.ts";
import { PageDefect } from "./shell/page-defect.tsx";
import { applyTheme } from "./page/preferences.ts";
import "./styles.css";

applyTheme();

// Retries are decided where the question is asked. "always": the browser's idea of being online says nothing about a
// server in the same house.
const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, networkMode: "always", refetchOnWindowFocus: false } },
});

// While the server says who is there, the page that the address names is on its way.
const router = openRouter({ frame: Frame, lost: Lost, broken: PageDefect });
fetchPage(router);

const element = document.querySelector("#root");
if (element === null) throw new Error("index.html has no #root");
const root = createRoot(element, {
  onUncaughtError(error) {
    reportError(error);
    createRoot(document.body).render(<PageDefect error={error} />);
  },
});
root.render(
  <QueryClientProvider client={queries}>
    <App api={openApi(location.origin)} router={router} />
  </QueryClientProvider>,
);
