// Prompts that are kept by name: one's own, and those that others in the organisation share. They are saved views of this page.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { View } from "../../../../../src/views/contract.ts";
import { explainError, type Problem } from "../../../api/explain-error.ts";
import { CheckField } from "../../../components/inputs/choices/check-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Menu } from "../../../components/overlays/menu.tsx";
import { toast } from "../../../components/overlays/show-toast.ts";
import { formatCount } from "../../../format/figures.ts";
import { useServices } from "../../../page/services.ts";
import { readSetup, type Setup, writeSetup } from "../setup/setup.ts";

const page = "playground";
/** As the server's contract has it. */
const SAVED_CHARACTERS_MAX = 4000;
const queryKey = ["views", page];

export function useSavedPrompts() {
  const { api } = useServices();
  return useQuery({ queryKey, queryFn: ({ signal }) => api.client.views.list({ page }, { signal }) });
}

export function SavedPrompts({ setup, onOpen }: { setup: Setup; onOpen: (setup: Setup) => void }) {
  const { api } = useServices();
  const queries = useQueryClient();
  const { data } = useSavedPrompts();
  const [isSaving, setSaving] = useState(false);
  const remove = useMutation({
    mutationFn: ({ id }: View) => api.client.views.delete({ id }),
    onSuccess: (_, view) => {
      void queries.invalidateQueries({ queryKey });
      const { name, search, shared } = view;
      const undo = async (): Promise<void> => {
        await api.client.views.put({ page, name, search, shared });
        await queries.invalidateQueries({ queryKey });
      };
      toast({ text: `Deleted the prompt ${name}.`, undo });
    },
    onError: (error) => toast({ text: explainError(error).message, tone: "fail" }),
  });
  const views = data?.views ?? [];
  const open = (view: View): void => {
    const found = readSetup(view.search);
    if (found === null) toast({ text: `The prompt ${view.name} cannot be read.`, tone: "fail" });
    else onOpen(found);
  };
  return (
    <>
      <Menu
        label="Saved prompts"
        items={[
          ...views.map((view) => ({
            label: view.is_own ? `${view.name}${view.shared ? " (shared)" : ""}` : `${view.name}, of ${view.owner}`,
            onSelect: () => open(view),
          })),
          { label: "Save this one …", onSelect: () => setSaving(true), isApart: views.length > 0 },
          ...views
            .filter(({ is_own }) => is_own)
            .map((view) => ({
              label: `Delete ${view.name}`,
              onSelect: () => remove.mutate(view),
              tone: "danger" as const,
            })),
        ]}
      >
        Saved prompts
      </Menu>
      {isSaving && <SaveDialog setup={setup} onClose={() => setSaving(false)} />}
    </>
  );
}

function SaveDialog({ setup, onClose }: { setup: Setup; onClose: () => void }) {
  const { api } = useServices();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const search = writeSetup(setup);
  const isTooLong = search.length > SAVED_CHARACTERS_MAX;
  const save = async (): Promise<Problem | null> => {
    try {
      await api.client.views.put({ page, name, search, shared });
    } catch (error) {
      return explainError(error);
    }
    await queries.invalidateQueries({ queryKey });
    toast({ text: `Saved as ${name}.` });
    onClose();
    return null;
  };
  return (
    <Dialog title="Save the prompt" onClose={onClose}>
      <Form onSubmit={save} submitLabel="Save" disabled={isTooLong || name.trim() === ""}>
        <TextField
          label="Name"
          name="name"
          value={name}
          onChange={setName}
          hint="One of yours with this name is replaced."
          error={
            isTooLong
              ? `This prompt has ${formatCount(search.length)} characters, pictures included; ${formatCount(SAVED_CHARACTERS_MAX)} can be saved.`
              : null
          }
        />
        <CheckField
          label="Shared"
          hint="Everybody in the organisation sees it, and what stands in it."
          value={shared}
          onChange={setShared}
        />
      </Form>
    </Dialog>
  );
}
