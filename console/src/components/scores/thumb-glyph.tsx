// A thumb, up or down. It stands beside its word: nothing rests on the shape alone.

export function ThumbGlyph({ isUp }: { isUp: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      aria-hidden="true"
      className={`shrink-0 ${isUp ? "" : "rotate-180"}`}
    >
      <path
        d="M2 7.2h2.4v6H2zM6.2 13.2h5.4c.7 0 1.2-.4 1.4-1l1-3.8c.2-.9-.4-1.7-1.3-1.7H9.4l.6-2.6c.2-.9-.4-1.7-1.3-1.7L6.2 7.2z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinejoin="round"
      />
    </svg>
  );
}
