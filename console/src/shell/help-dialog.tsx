// Keys and commands, on request.
import { useEffect, useRef } from "react";
import { paletteKeys } from "../page/shortcuts.ts";
import { setSingleKeys, useSingleKeys } from "../page/preferences.ts";
import { Button } from "../components/parts/button.tsx";

const keys = [
  [paletteKeys, "find a page, a record, a command"],
  ["g, letter", "go to a page: the letter stands beside it there"],
  ["j, k", "next and previous row"],
  ["Enter", "open what is at the cursor"],
  ["Esc", "close it"],
  ["/", "go to the filter"],
  ["p", "pause and resume what is live"],
  ["x", "mark a call; d compares the two that are marked"],
  ["?", "this help"],
] as const;

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const singleKeys = useSingleKeys();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="help-title"
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-md bg-sheet p-5 text-ink shadow-sheet backdrop:bg-[rgb(6_20_28/0.45)]"
    >
      <h2 id="help-title" className="mb-3 text-title font-semibold">
        Keys and commands
      </h2>
      <dl className="grid grid-cols-[5rem_1fr] gap-y-1.5">
        {keys.map(([key, meaning]) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid">
            <dt className="font-mono text-fine leading-5">{key}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-3 flex min-h-6 items-center gap-2">
        <input type="checkbox" checked={singleKeys} onChange={(event) => setSingleKeys(event.target.checked)} />
        Single letters are shortcuts
      </label>
      <p className="mt-3 border-t border-line pt-3 text-soft">
        Everything on this page is also in the terminal (
        <code className="font-mono text-fine">binnacle calls tail</code>,{" "}
        <code className="font-mono text-fine">binnacle status</code>) and in the API (
        <a className="text-pen underline" href="/api/docs">
          its documentation
        </a>
        ).
      </p>
      <div className="mt-4 flex justify-end">
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}
