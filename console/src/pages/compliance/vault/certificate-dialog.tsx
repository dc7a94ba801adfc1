// A certificate of an erasure, whole.
import type { ErasureCertificate } from "../../../../../src/vault/contract.ts";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { CodeBlock } from "../../../components/parts/code-block.tsx";
import { Field, FieldList } from "../../../components/parts/field-list.tsx";
import { formatCount } from "../../../format/figures.ts";
import { formatStampWithZone } from "../../../format/stamps.ts";

interface CertificateDialogProps {
  certificate: ErasureCertificate;
  onClose: () => void;
}

export function CertificateDialog({ certificate, onClose }: CertificateDialogProps) {
  const { at_ms: atMs, by, reason, keys_destroyed: keys, records, texts_removed: texts, also, subject } = certificate;
  return (
    <Dialog title="Certificate of an erasure" onClose={onClose} size="large">
      <div className="grid gap-3">
        <FieldList>
          <Field name="When">{formatStampWithZone(atMs)}</Field>
          <Field name="By">{by}</Field>
          <Field name="Reason">{reason}</Field>
          <Field name="Keys destroyed">{formatCount(keys)}</Field>
          <Field name="Unreadable">{`${formatCount(records)} records`}</Field>
          <Field name="Texts removed">{`of ${formatCount(texts)} records`}</Field>
          <Field name="Also">{also.join("; ")}</Field>
          <Field name="Whose">
            <span className="font-mono text-fine">{subject}</span>
            <span className="block text-fine text-soft">
              SHA-256 of what was asked for: the certificate names nobody
            </span>
          </Field>
        </FieldList>
        <CodeBlock title="Signed, as it is kept" code={JSON.stringify(certificate, null, 2)} />
      </div>
    </Dialog>
  );
}
