// A stored body as it is: text in a frame of its own, closed until asked for.
import { useState } from "react";
import type { CallDetail } from "../../../../src/ledger/contract.ts";
import { formatBytes } from "../../format/figures.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { indentJson } from "./conversation.tsx";
import { LongText } from "./long-text.tsx";

type Body = NonNullable<CallDetail["request_body"]>;

export function BodyView({ title, body }: { title: string; body: Body }) {
  const [open, setOpen] = useState(false);
  const isJson = body.media_type.startsWith("application/json");
  return (
    <details
      className="border-t border-line first-of-type:border-t-0"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="min-h-7 py-1">
        <span className="font-semibold">{title}</span>{" "}
        <span className="text-soft">
          {body.media_type}, {formatBytes(body.size_bytes)}
          {body.cut && ", cut at the configured bound"}
        </span>
      </summary>
      {open && (
        <div className="mb-2 rounded-md border border-line bg-paper">
          <div className="flex justify-end pt-0.5 pr-1">
            <CopyButton text={body.text} label={`the ${title.toLowerCase()}'s body`} />
          </div>
          <pre
            tabIndex={0}
            aria-label={`${title} body`}
            className="max-h-[32rem] overflow-auto px-3 pb-2 font-mono text-fine leading-5"
          >
            <LongText text={isJson && !body.cut ? indentJson(body.text) : body.text} />
          </pre>
        </div>
      )}
    </details>
  );
}
