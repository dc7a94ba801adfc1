// Notes what a page must never do: ask another host, break its content-security policy, throw, or log an error.
import type { BrowserContext } from "playwright-core";

export interface WatchOptions {
  origin: string;
  /** Complaints that the test means to cause. */
  tolerates?: readonly RegExp[];
}

/** To be called before the first page is made. The list grows while pages of the context do such things. */
export async function watch(
  context: BrowserContext,
  { origin, tolerates = [] }: WatchOptions,
): Promise<readonly string[]> {
  const complaints: string[] = [];
  const complain = (text: string): void => {
    if (!tolerates.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  await context.exposeBinding("reportPolicyViolation", (_source, what: string) =>
    complain(`broke its policy: ${what}`),
  );
  await context.addInitScript(() => {
    const report = (globalThis as { reportPolicyViolation?: (what: string) => void }).reportPolicyViolation;
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      report?.(`${violatedDirective} by ${blockedURI} at ${sourceFile}:${lineNumber}`),
    );
  });
  context.on("weberror", (error) => complain(`threw: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    complain(`logged: ${message.text()} (${message.location().url})`);
  });
  context.on("request", (request) => {
    if (leaves(request.url(), origin)) complain(`asked another host: ${request.url()}`);
  });
  context.on("page", (page) => {
    page.on("crash", () => complain("crashed"));
    page.on("websocket", (socket) => complain(`opened a socket: ${socket.url()}`));
    page.on("dialog", (dialog) => {
      complain(`opened a dialog: ${dialog.message()}`);
      void dialog.dismiss().catch(() => undefined);
    });
  });
  return complaints;
}

/** What a page carries in itself goes nowhere. */
function leaves(url: string, origin: string): boolean {
  const { protocol, origin: asked } = new URL(url);
  return protocol !== "data:" && protocol !== "blob:" && asked !== origin;
}
