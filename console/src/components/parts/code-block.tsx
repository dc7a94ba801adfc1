// A command or a snippet to take along: what it is for, the text, and a button that copies it.
import { CopyButton } from "./copy-button.tsx";

export function CodeBlock({ title, code }: { title: string; code: string }) {
  return (
    <figure aria-label={title} className="min-w-0 rounded-md border border-line bg-sheet">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3 text-fine text-soft">
        {title}
        <CopyButton text={code} label={title} />
      </figcaption>
      <pre tabIndex={0} aria-label={title} className="overflow-x-auto px-3 py-2 font-mono text-fine leading-5">
        {code}
      </pre>
    </figure>
  );
}
