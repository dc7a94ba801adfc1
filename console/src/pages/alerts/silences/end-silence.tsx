// Ends a silence at once; the same silence can be made again by Undo.
import { useChange } from "../../../page/asking/use-change.ts";
import type { SilenceView } from "../../../../../src/alerts/contract.ts";
import { toast } from "../../../components/overlays/show-toast.ts";
import { Button } from "../../../components/parts/button.tsx";
import { useMayDo, useServices } from "../../../page/services.ts";

export function EndSilence({ silence }: { silence: SilenceView }) {
  const { client } = useServices().api;
  const change = useChange("alerts");
  if (!useMayDo("alerts.silences.delete")) return null;
  const end = async (): Promise<void> => {
    const problem = await change(() => client.alerts.silences.delete({ id: silence.id }));
    if (problem !== null) return toast({ text: `${problem.message} ${problem.fix}`, tone: "fail" });
    const { matchers, starts_at_ms, until_ms, comment } = silence;
    toast({
      text: "The silence is over.",
      undo: async () => {
        await change(() => client.alerts.silences.create({ matchers, starts_at_ms, until_ms, comment }));
      },
    });
  };
  return <Button onClick={() => void end()}>End</Button>;
}
