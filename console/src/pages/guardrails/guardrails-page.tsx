// Guardrails: what they do and for whom, a text tried on them, and what they found.
import { Page } from "../../components/frame/page.tsx";
import { Tabs } from "../../components/frame/tabs.tsx";
import { Button } from "../../components/parts/button.tsx";
import { Segmented } from "../../components/parts/segmented.tsx";
import { useServices } from "../../page/services.ts";
import { useAddress } from "./address.ts";
import { FindingsView } from "./findings/findings-view.tsx";
import { PoliciesView } from "./policies/policies-view.tsx";
import { TryView } from "./try/try-view.tsx";

const ranges = [
  { value: "1h", label: "1 h" },
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 d" },
  { value: "30d", label: "30 d" },
] as const;

export function GuardrailsPage() {
  const { session } = useServices();
  const { tab } = useAddress();
  const maySee = session.operations.includes("calls.list");
  const at = (label: string, name?: string) => ({
    label,
    to: "/guardrails" as const,
    search: name === undefined ? {} : { tab: name },
  });
  return (
    <Page
      title="Guardrails"
      fill={tab === "findings"}
      tabs={
        <Tabs
          label="Parts of guardrails"
          items={[at("Policies"), at("Try a text", "try"), ...(maySee ? [at("Findings", "findings")] : [])]}
        />
      }
      {...(tab === "findings" && { toolbar: <FindingsBar /> })}
    >
      {tab === "policies" && <PoliciesView />}
      {tab === "try" && <TryView />}
      {tab === "findings" && <FindingsView />}
    </Page>
  );
}

function FindingsBar() {
  const { what, range, goTo } = useAddress();
  return (
    <>
      <Segmented
        label="Time"
        options={ranges}
        value={range}
        onChange={(next) => goTo({ range: next }, { replace: true })}
      />
      {what !== null && (
        <Button
          aria-label={`Show all findings, not ${what} alone`}
          onClick={() => goTo({ what: null }, { replace: true })}
        >
          <bdi>{what}</bdi> <span aria-hidden="true">×</span>
        </Button>
      )}
    </>
  );
}
