// What kind of thing of the directory something is, as a shape with its name for those who do not see it.
import type { ReactNode } from "react";

type GlyphKind = "organisation" | "team" | "project" | "user" | "key";

const shapes: Record<GlyphKind, ReactNode> = {
  organisation: <path d="M2.5 13.5v-11h6v11m0-7h5v7M1 13.5h14M5 5h1M5 7.5h1M5 10h1m5-1h1m-1 2.2h1" />,
  team: (
    <>
      <circle cx="5.5" cy="5.5" r="2.5" />
      <path d="M1 13.5c0-3 2-4.5 4.5-4.5s4.5 1.5 4.5 4.5M10.5 3.2a2.5 2.5 0 0 1 0 4.6m1.5 1.6c2 .6 3 2 3 4.1" />
    </>
  ),
  project: <path d="M1.5 13V3h4.5l1.5 2h7v8z" />,
  user: (
    <>
      <circle cx="8" cy="5" r="2.7" />
      <path d="M2.7 14c0-3.3 2.3-5 5.3-5s5.3 1.7 5.3 5" />
    </>
  ),
  key: (
    <>
      <circle cx="4.8" cy="8" r="3" />
      <path d="M7.8 8H15m-2.2 0v2.8M10.5 8v2" />
    </>
  ),
};

export function KindGlyph({ kind }: { kind: GlyphKind }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      role="img"
      aria-label={kind}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      className="shrink-0 text-soft"
    >
      {shapes[kind]}
    </svg>
  );
}
