// The way from a leaf to a root: at each level the hash that the proof gives, on its side, and what comes of both.
import type { PathStep } from "../../proof/walk-path.ts";
import { toBase64 } from "../../proof/hashing.ts";

const columns = "px-2 py-0.5 text-start font-normal";

export function PathDrawing({ steps, label }: { steps: readonly PathStep[]; label: string }) {
  if (steps.length === 0) return null;
  return (
    <details className="min-w-0">
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-pen underline underline-offset-2">
        {steps.length === 1 ? "The hash on the way" : `The ${steps.length} hashes on the way`}
      </summary>
      <div className="overflow-x-auto rounded-md border border-line">
        <table aria-label={label} className="w-full border-collapse">
          <thead>
            <tr className="border-b border-line">
              <th className={columns}>Level</th>
              <th className={columns}>Left</th>
              <th className={columns}>Right</th>
              <th className={columns}>Both together</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ side, beside, result }, level) => (
              <tr key={level}>
                <td className={columns}>{level + 1}</td>
                <td className={columns}>{side === "left" ? <Short hash={beside} /> : "own"}</td>
                <td className={columns}>{side === "right" ? <Short hash={beside} /> : "own"}</td>
                <td className={columns}>
                  <Short hash={result} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Its beginning; the whole of it rests behind. */
function Short({ hash }: { hash: Uint8Array }) {
  const text = toBase64(hash);
  return (
    <span className="font-mono text-ink" title={text}>
      {text.slice(0, 8)}…
    </span>
  );
}
