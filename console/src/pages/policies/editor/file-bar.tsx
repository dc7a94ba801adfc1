// The files of the version that is being written: one is open; others can be added and taken away.
import { useState } from "react";
import { Form } from "../../../components/inputs/form.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { Segmented } from "../../../components/parts/segmented.tsx";
import { type Files, firstTextOf, refuseName, removeFile } from "./edit-files.ts";

interface FileBarProps {
  files: Files;
  open: string | undefined;
  /** Of the file with an objection of the server. */
  wrong: string | null;
  onOpen: (name: string) => void;
  onFiles: (files: Files) => void;
}

export function FileBar({ files, open, wrong, onOpen, onFiles }: FileBarProps) {
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {files.length > 0 && (
        <div className="-m-0.5 max-w-full overflow-x-auto p-0.5">
          <Segmented
            label="File"
            value={open ?? ""}
            onChange={onOpen}
            options={files.map(({ name }) => ({
              value: name,
              label: (
                <bdi className={name === wrong ? "text-fail" : ""}>{name === wrong ? `${name}: see below` : name}</bdi>
              ),
            }))}
          />
        </div>
      )}
      <Button onClick={() => setAdding(true)}>Add a file</Button>
      {open !== undefined && <Button onClick={() => onFiles(removeFile(files, open))}>Take {open} away</Button>}
      {isAdding && (
        <AddDialog
          files={files}
          onClose={() => setAdding(false)}
          onAdd={(name) => {
            onFiles([...files, { name, text: firstTextOf(name) }]);
            onOpen(name);
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}

function AddDialog({ files, onClose, onAdd }: { files: Files; onClose: () => void; onAdd: (name: string) => void }) {
  const [name, setName] = useState("");
  const refusal = refuseName(files, name.trim());
  return (
    <Dialog title="Add a file" onClose={onClose}>
      <Form
        submitLabel="Add"
        disabled={refusal !== null}
        aside={<Button onClick={onClose}>Cancel</Button>}
        onSubmit={async () => {
          onAdd(name.trim());
          return null;
        }}
      >
        <TextField
          label="Name"
          hint="Ends in .cedar, or in .cases.yaml for cases that the policies are held to."
          error={name === "" ? null : refusal}
          isCode
          value={name}
          onChange={setName}
          placeholder="data.cedar"
        />
      </Form>
    </Dialog>
  );
}
