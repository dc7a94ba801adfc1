// What was said of a record, and what the reader says of it. What is given is shown at once: lists have it a moment later.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ScorePage, ScoreView } from "../../../../src/ledger/contract.ts";
import type { Problem } from "../../api/explain-error.ts";
import { tryChange } from "../../api/try-change.ts";
import { useMayDo, useServices } from "../../page/services.ts";
import { toast } from "../overlays/show-toast.ts";

/** The name under which the page's own buttons judge. */
export const THUMB = "thumb";

/** Lists follow within a second. */
const staleMs = 5000;

export interface Said {
  value: number;
  comment: string;
}

export interface Scores {
  /** Undefined while they are read, and where they cannot be. */
  page: ScorePage | undefined;
  /** The reader's own. */
  thumb: ScoreView | undefined;
  mayScore: boolean;
  isBusy: boolean;
  problem: Problem | null;
  /** Null takes back what was said. */
  say: (said: Said | null) => Promise<void>;
}

export function useScores(id: string): Scores {
  const { api } = useServices();
  const [mayRead, mayGive] = [useMayDo("records.scores.list"), useMayDo("records.scores.create")];
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { data: page } = useQuery({
    queryKey: ["scores", id],
    queryFn: ({ signal }) => api.client.records.scores.list({ id }, { signal }),
    enabled: mayRead,
    staleTime: staleMs,
    retry: false,
  });
  const thumb = page?.scores.find(isOwnThumb);

  const put = useCallback(
    async (said: Said | null): Promise<void> => {
      const { scores } = api.client.records;
      const given = said === null ? undefined : await scores.create({ id, name: THUMB, ...said });
      if (said === null) await scores.delete({ id, name: THUMB });
      queries.setQueryData<ScorePage>(["scores", id], (before) => before && withThumb(before, given));
    },
    [api, id, queries],
  );
  const say = useCallback(
    async (said: Said | null): Promise<void> => {
      setBusy(true);
      await queries.cancelQueries({ queryKey: ["scores", id] });
      const before = saidBy(thumb);
      const wrong = await tryChange(() => put(said));
      setBusy(false);
      setProblem(wrong);
      if (wrong === null) toast({ text: wordsFor(said), undo: () => put(before) });
    },
    [id, put, queries, thumb],
  );
  return { page, thumb, mayScore: mayGive && page?.may_score === true, isBusy, problem, say };
}

const isOwnThumb = ({ is_own, name }: ScoreView): boolean => is_own && name === THUMB;

function withThumb(page: ScorePage, given: ScoreView | undefined): ScorePage {
  const others = page.scores.filter((score) => !isOwnThumb(score));
  return { ...page, scores: given === undefined ? others : [given, ...others] };
}

function saidBy(thumb: ScoreView | undefined): Said | null {
  return thumb === undefined ? null : { value: thumb.value ?? 0, comment: thumb.comment ?? "" };
}

function wordsFor(said: Said | null): string {
  if (said === null) return "Your score is taken back.";
  return said.value > 0 ? "You scored it: thumb up." : "You scored it: thumb down.";
}
