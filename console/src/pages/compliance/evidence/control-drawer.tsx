// One control: what it asks for, in our words, and the evidence that answers it.
import type { Control, Report } from "../../../../../src/compliance/contract.ts";
import { Drawer } from "../../../components/overlays/drawer.tsx";
import { Section } from "../../../components/parts/section.tsx";
import { nameOf } from "../reports/control-columns.tsx";
import { EvidencePiece } from "./evidence-piece.tsx";

interface ControlDrawerProps {
  control: Control;
  report: Report | null;
  onClose: () => void;
}

export function ControlDrawer({ control, report, onClose }: ControlDrawerProps) {
  const { id, title, text, source, evidence } = control;
  return (
    <Drawer label={`Control ${id}`} title={`${id} ${title}`} contentKey={id} onClose={onClose}>
      <Section title="Asks for">
        <p className="max-w-prose text-read">{text}</p>
        <p className="mt-1 text-fine text-soft">
          In our words. The source:{" "}
          <a href={source.url} target="_blank" rel="noreferrer" className="text-pen underline underline-offset-2">
            {source.name}
          </a>
        </p>
      </Section>
      {report === null && (
        <Section title="Evidence">
          <p>{`${evidence.map(nameOf).join(", ")}. Make the report to see what it shows.`}</p>
        </Section>
      )}
      {report?.evidence
        .filter((piece) => evidence.includes(piece.id))
        .map((piece) => (
          <EvidencePiece key={piece.id} piece={piece} />
        ))}
    </Drawer>
  );
}
