// One key: what bounds it, what it spends, and what there is to know of it.
import type { ReactNode } from "react";
import { CapsList } from "../../components/access/caps/caps-list.tsx";
import { KeyFacts } from "../../components/access/keys/key-facts.tsx";
import { keyTones } from "../../components/access/keys/say-key.ts";
import { SpendChart } from "../../components/access/spend-chart.tsx";
import { StateWord } from "../../components/figures/state-word.tsx";
import { Drawer } from "../../components/overlays/drawer.tsx";
import { Section } from "../../components/parts/section.tsx";
import type { KeyRow } from "./key-rows.ts";

interface KeyDrawerProps {
  row: KeyRow;
  organisation: string;
  actions: ReactNode;
  onClose: () => void;
}

export function KeyDrawer({ row: { key, caps, state }, organisation, actions, onClose }: KeyDrawerProps) {
  return (
    <Drawer
      label={`Key ${key.name}`}
      title={key.name}
      aside={<StateWord tone={keyTones[state]}>{state}</StateWord>}
      detail="Key"
      actions={actions}
      contentKey={key.id}
      onClose={onClose}
    >
      <Section title="What bounds it">
        <CapsList caps={caps} empty="No budget and no limit of its own. Those of what it belongs to hold." />
      </Section>
      <div className="border-t border-line px-5 py-4">
        <SpendChart kind="key" name={key.id} organisation={organisation} />
      </div>
      <Section title="About this key">
        <KeyFacts apiKey={key} />
      </Section>
    </Drawer>
  );
}
