// A compass card, drawn as charts draw it: a ring of degrees, points, and a needle. Decoration of the sign-in page.

const degrees = Array.from({ length: 180 }, (_, index) => index * 2);
const numerals = Array.from({ length: 12 }, (_, index) => index * 30);
// The shorter ones first, so that the longer ones lie on top.
const points = [22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5, 45, 135, 225, 315, 0, 90, 180, 270];

export function CompassCard({ className }: { className?: string }) {
  return (
    <svg viewBox="-200 -200 400 400" aria-hidden="true" className={className}>
      <g fill="none" stroke="currentColor" strokeWidth="0.6">
        <circle r="196" />
        <circle r="150" />
        <circle r="147" />
        {degrees.map((angle) => (
          <line key={angle} y1={-196} y2={-196 + tickLength(angle)} transform={`rotate(${angle})`} />
        ))}
      </g>
      {points.map((angle) => (
        <g key={angle} transform={`rotate(${angle})`} stroke="currentColor" strokeWidth="0.6" strokeLinejoin="round">
          <path d={`${halfPoint(angle, -1)}${halfPoint(angle, 1)}`} fill="var(--color-paper)" />
          <path d={halfPoint(angle, 1)} fill="currentColor" fillOpacity="0.4" />
        </g>
      ))}
      <g fill="currentColor" fontSize="11" textAnchor="middle">
        {numerals.map((angle) => (
          <text key={angle} y={-162} transform={`rotate(${angle})`}>
            {angle}
          </text>
        ))}
      </g>
      <g transform="rotate(14)">
        <path d="M0-138 4.5 0H-4.5z" fill="var(--color-pen)" />
        <path d="M0 138 4.5 0H-4.5z" fill="var(--color-paper)" stroke="var(--color-pen)" strokeWidth="0.8" />
        <circle r="3.2" fill="var(--color-paper)" stroke="var(--color-pen)" strokeWidth="0.8" />
      </g>
    </svg>
  );
}

function tickLength(angle: number): number {
  if (angle % 30 === 0) return 22;
  return angle % 10 === 0 ? 15 : 8;
}

/** One side of a point of the rose: long for the cardinal points, shorter for those between. */
function halfPoint(angle: number, side: 1 | -1): string {
  const [reach, waist] = angle % 90 === 0 ? [140, 15] : angle % 45 === 0 ? [104, 12] : [74, 8];
  return `M0-${reach} ${side * waist}-${waist * 2.4} 0 0z`;
}
