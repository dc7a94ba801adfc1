// Takes a route away, once the reader has read what becomes of its calls.
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { RouteView } from "../../../../../src/gateway/contract.ts";
import { tryChange } from "../../../api/try-change.ts";
import { ConfirmDialog } from "../../../components/overlays/confirm-dialog.tsx";
import { Button } from "../../../components/parts/button.tsx";
import { useChangeRoute } from "./use-change-route.ts";

export function DeleteRoute({ route: { name, revision } }: { route: RouteView }) {
  const [isAsked, setIsAsked] = useState(false);
  const { remove } = useChangeRoute(name);
  const navigate = useNavigate();
  return (
    <>
      <Button className="ml-auto" onClick={() => setIsAsked(true)}>
        Delete the route
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={`Delete the route ${name}`}
          consequence={`Within a second every call that names ${name} as its model is refused, in all processes. Its history stays, and can be restored.`}
          confirmLabel="Delete the route"
          tone="danger"
          typeToConfirm={name}
          onClose={() => setIsAsked(false)}
          onConfirm={() =>
            tryChange(async () => {
              await remove(revision ?? 0);
              await navigate({ to: "/routes/{-$name}", params: {}, search: {} });
            })
          }
        />
      )}
    </>
  );
}
