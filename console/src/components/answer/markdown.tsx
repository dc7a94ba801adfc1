// Text as its writer meant it: paragraphs, lists, tables, code. Markup in it stays text, and pictures are not fetched but named. Links of
// an answer to the reader open elsewhere, without saying where from; those of a record only say where they go.
import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

/** Longer ones are shown as they are: a browser that lays out more at once stands still. */
const MARKDOWN_CHARACTERS_MAX = 60_000;
const plugins = [remarkGfm];

interface MarkdownProps {
  text: string;
  /** False for what was said to others: its links are text with their address. */
  hasLinks?: boolean;
}

export const Markdown = memo(function Markdown({ text, hasLinks = true }: MarkdownProps) {
  if (text.length > MARKDOWN_CHARACTERS_MAX) {
    return (
      <p className="foreign" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <div className="grid min-w-0 gap-3 [overflow-wrap:anywhere]" dir="auto">
      <ReactMarkdown remarkPlugins={plugins} components={hasLinks ? components : withoutLinks}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

/** Headings of an answer are none of the page's: its outline stays the page's own. */
const Heading = ({ children }: { children?: ReactNode }) => <p className="font-semibold">{children}</p>;

const components: Components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  p: ({ children }) => <p className="min-w-0">{children}</p>,
  a: ({ href, children }) =>
    href === undefined || href === "" ? (
      <span>{children}</span>
    ) : (
      <a
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        referrerPolicy="no-referrer"
        title={href}
        className="text-pen underline underline-offset-2"
      >
        {children}
      </a>
    ),
  img: ({ alt, src }) => (
    <span className="text-soft">
      [picture{alt ? `: ${alt}` : ""}
      {typeof src === "string" && src !== "" ? `, at ${src.slice(0, 200)}` : ""}]
    </span>
  ),
  ul: ({ children }) => <ul className="grid list-disc gap-1 pl-5 marker:text-soft">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="grid list-decimal gap-1 pl-6 marker:text-soft">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => (
    <blockquote className="grid gap-2 border-l-2 border-control pl-3">{children}</blockquote>
  ),
  hr: () => <hr className="border-line" />,
  code: ({ children }) => <code className="rounded-sm bg-shoal px-1 font-mono text-[0.92em]">{children}</code>,
  pre: ({ children }) => (
    <pre
      tabIndex={0}
      aria-label="Code"
      role="group"
      className="min-w-0 overflow-x-auto rounded-md border border-line bg-paper px-3 py-2 font-mono text-body [&_code]:bg-transparent [&_code]:p-0"
    >
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div tabIndex={0} role="group" aria-label="Table" className="min-w-0 overflow-x-auto">
      <table className="border-collapse text-body">{children}</table>
    </div>
  ),
  th: ({ children }) => <th className="border border-line bg-shoal px-2 py-1 text-left font-semibold">{children}</th>,
  td: ({ children }) => <td className="border border-line px-2 py-1 align-top">{children}</td>,
  input: ({ checked }) => <span aria-hidden="true">{checked ? "☑ " : "☐ "}</span>,
};

const withoutLinks: Components = {
  ...components,
  a: ({ href, children }) => (
    <>
      {children}
      <span className="text-soft">{` (${href ?? ""})`}</span>
    </>
  ),
};
