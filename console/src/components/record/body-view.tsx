// A body as it was stored, in its own dialect: JSON in lines that fold, anything else as text.
import { formatBytes } from "../../format/figures.ts";
import { CopyButton } from "../parts/copy-button.tsx";
import { JsonView } from "./json-view.tsx";
import { LongText } from "./long-text.tsx";

export interface StoredBody {
  media_type: string;
  size_bytes: number;
  cut: boolean;
  text: string;
}

export function BodyView({ title, body }: { title: string; body: StoredBody }) {
  const isJson = /[/+]json\b/.test(body.media_type);
  return (
    <figure aria-label={title} className="min-w-0 rounded-md border border-line bg-paper">
      <figcaption className="flex min-h-7 flex-wrap items-center justify-between gap-x-3 border-b border-line pr-1 pl-3">
        <span>
          <span className="font-semibold">{title}</span>{" "}
          <span className="text-fine text-soft">
            {body.media_type}, {formatBytes(body.size_bytes)}
            {body.cut && ", cut at the configured bound"}
          </span>
        </span>
        <CopyButton text={body.text} label={`the ${title.toLowerCase()}'s body`} />
      </figcaption>
      {isJson ? (
        <JsonView text={body.text} label={`${title} body`} />
      ) : (
        <div
          role="group"
          tabIndex={0}
          aria-label={`${title} body`}
          className="max-h-[40rem] overflow-auto px-3 py-2 font-mono text-fine leading-5"
        >
          <LongText text={body.text} />
        </div>
      )}
    </figure>
  );
}
