// Names a route that is to be made; its plan is written on its own page.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { TextField } from "../../../components/inputs/text-field.tsx";
import { Form } from "../../../components/inputs/form.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useMay } from "../../../page/services.ts";

export function NewRoute() {
  const [isOpen, setIsOpen] = useState(false);
  const mayChange = useMay("change_routes");
  if (!mayChange) return null;
  return (
    <>
      <Button kind="primary" onClick={() => setIsOpen(true)}>
        New route
      </Button>
      {isOpen && <NameDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

function NameDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const navigate = useNavigate();
  const goOn = async (): Promise<null> => {
    await navigate({ to: "/routes/{-$name}", params: { name: name.trim() }, search: { view: "edit" } });
    return null;
  };
  return (
    <Dialog title="New route" onClose={onClose}>
      <Form onSubmit={goOn} submitLabel="Write its plan" disabled={name.trim() === ""}>
        <TextField
          label="Name"
          hint="What callers write as their model, such as fast. Nothing is made before the plan is saved."
          value={name}
          onChange={setName}
          maxLength={200}
          autoComplete="off"
          isCode
        />
      </Form>
    </Dialog>
  );
}
