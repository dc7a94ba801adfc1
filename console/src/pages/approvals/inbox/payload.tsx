// What would be done, in words or as the calls of tools that it is. Long ones open on request.
import { useState } from "react";
import { Button } from "../../../components/parts/button.tsx";
import { readable } from "../words/readable.ts";

const shownMax = 400;

export function Payload({ why, whole = false }: { why: string; whole?: boolean }) {
  const [open, setOpen] = useState(whole);
  if (why === "") return null;
  const isLong = why.length > shownMax && !whole;
  return (
    <div className="grid min-w-0 gap-2">
      {readable(open || !isLong ? why : `${why.slice(0, shownMax)} …`).map(({ tool, text }, index) =>
        tool === null ? (
          <p key={index} className="foreign text-read whitespace-pre-wrap">
            {text}
          </p>
        ) : (
          <figure key={index} aria-label={tool} className="min-w-0 rounded-md border border-line bg-paper">
            <figcaption className="foreign border-b border-line px-3 py-1 font-mono text-fine font-semibold">
              {tool}
            </figcaption>
            <pre
              tabIndex={0}
              aria-label={`What ${tool} is called with`}
              className="max-h-64 overflow-auto px-3 py-2 font-mono text-fine leading-5"
            >
              {text}
            </pre>
          </figure>
        ),
      )}
      {isLong && (
        <div>
          <Button kind="bare" className="-ml-1" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Show less" : "Show all of it"}
          </Button>
        </div>
      )}
    </div>
  );
}
