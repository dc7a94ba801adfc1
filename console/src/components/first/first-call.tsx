// An empty record teaches how to fill it: three ways to make the first call, against this very server, and a needle that
// waits for it.
import { Mark } from "../brand/mark.tsx";
import { CodeBlock } from "../parts/code-block.tsx";
import { curl, openAiJavaScript, openAiPython } from "./snippets.ts";

const model = "sim/sim-small";

export function FirstCall({ origin }: { origin: string }) {
  return (
    <div className="min-w-0 flex-1 overflow-y-auto bg-sheet px-4 py-8 sm:px-8">
      <div className="mx-auto grid max-w-5xl gap-6">
        <div className="flex flex-col items-start gap-x-5 gap-y-3 sm:flex-row sm:items-center">
          <Mark size={64} hunting />
          <div>
            <h2 className="text-large font-semibold">Make the first call</h2>
            <p className="max-w-xl text-read text-soft">
              No call has ended in the last 7 days. Run any of these with your key in{" "}
              <code className="font-mono text-body text-ink">BINNACLE_KEY</code>. The built-in simulator answers, so no
              vendor is needed. The call shows up here as it ends.
            </p>
          </div>
        </div>
        <CodeBlock title="In a shell" code={curl(origin, model)} />
        <div className="grid gap-6 md:grid-cols-2">
          <CodeBlock title="Python, with the openai package" code={openAiPython(origin, model)} />
          <CodeBlock title="JavaScript, with the openai package" code={openAiJavaScript(origin, model)} />
        </div>
        <p role="status" className="text-read text-soft">
          Waiting for the first call.
        </p>
      </div>
    </div>
  );
}
