// An empty place that says how to fill it.
import type { ReactNode } from "react";
import { CodeBlock } from "../parts/code-block.tsx";

interface EmptyProps {
  title: string;
  children?: ReactNode;
  /** A command that fills it. */
  code?: string;
  /** Where that is typed. */
  codeTitle?: string;
  action?: ReactNode;
}

export function Empty({ title, children, code, codeTitle = "In a terminal", action }: EmptyProps) {
  return (
    <div className="mx-auto grid w-full max-w-xl gap-3 px-4 py-12">
      <h2 className="text-title font-semibold text-ink">{title}</h2>
      {children !== undefined && <div className="text-read text-soft">{children}</div>}
      {code !== undefined && <CodeBlock title={codeTitle} code={code} />}
      {action !== undefined && <div>{action}</div>}
    </div>
  );
}
