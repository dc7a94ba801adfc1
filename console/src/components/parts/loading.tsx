// In place of what is still asked for. Of a page as a whole: parts that came one by one would push each other away.
import type { ReactNode } from "react";

interface LoadingProps {
  /** What is being done. */
  children?: ReactNode;
  /** Classes of its place. */
  className?: string;
}

export function Loading({ children = "Loading …", className = "" }: LoadingProps) {
  return (
    <p aria-busy="true" className={`${className} text-soft`.trimStart()}>
      {children}
    </p>
  );
}
