// Who is told of an alert: the channels of its rule, or those that hear of everything.
import { useMemo } from "react";
import type { AlertView, ChannelView, RuleView } from "../../../../../src/alerts/contract.ts";
import { useChannels } from "../queries.ts";

/** Undefined while the channels are not known. */
export type Told = readonly ChannelView[] | undefined;

export function useTold(): Told {
  const { data } = useChannels();
  return useMemo(() => data, [data]);
}

export interface Hearers {
  channels: string[];
  words: string;
}

export function toldOf({ rule }: Pick<AlertView, "rule">, rules: readonly RuleView[] | undefined, told: Told): Hearers {
  const named = rules?.find(({ name }) => name === rule)?.spec["channels"];
  const channels = Array.isArray(named)
    ? named.map(String)
    : (told ?? []).filter(({ by_default: isDefault }) => isDefault).map(({ name }) => name);
  if (told === undefined) return { channels, words: "" };
  return { channels, words: channels.length === 0 ? "nobody: no channel" : channels.join(", ") };
}
