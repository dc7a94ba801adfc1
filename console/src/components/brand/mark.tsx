// Binnacle's mark: the compass on its stand, with the two iron balls that cancel the ship's own pull.

/** `hunting`: the needle swings, for as long as the page waits for a first sign of life. */
export function Mark({ size, hunting = false }: { size: number; hunting?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="shrink-0">
      <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8.8 15.3 7.2 21.4h9.6l-1.6-6.1M5.2 21.4h13.6" />
        <circle cx="12" cy="9" r="6.8" />
      </g>
      <circle cx="2.4" cy="10.2" r="1.7" fill="currentColor" />
      <circle cx="21.6" cy="10.2" r="1.7" fill="currentColor" />
      <path
        d="M14.6 3.8 13.2 9.4 9.4 14.2 10.8 8.6z"
        fill="var(--color-pen)"
        className={hunting ? "needle-hunting" : undefined}
      />
    </svg>
  );
}
