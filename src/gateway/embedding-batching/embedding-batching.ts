// Embedding calls that come to a target at the same time, as one request to it. Whoever comes first waits for others, a few
// milliseconds; each gets its own part. Where the vendor refuses what they ask together, each is asked for alone, so that one
// bad text is the trouble of its own caller; any other failure is told to each, which tries again as it would by itself.
import { AppError, createCancellation, isAppError, type World } from "../../kernel/index.ts";
import {
  callVendor,
  type CallerRequest,
  createExchange,
  type Providers,
  providersErrors,
  type VendorCall,
} from "../../providers/index.ts";
import type { BatchingConfig } from "./config.ts";
import { type JoinableRequest, joinRequests, readJoinable } from "./joinable-request.ts";
import { type SharedAnswer, splitAnswer } from "./split-answer.ts";

export interface JoiningCall {
  request: CallerRequest;
  isStrict: boolean;
  callId: string;
}

export interface EmbeddingBatching {
  /** Undefined for what goes by itself. Rejects as `callVendor` does. */
  join(call: VendorCall, joining: JoiningCall): Promise<SharedAnswer> | undefined;
}

interface Member extends JoinableRequest {
  call: VendorCall;
  joining: JoiningCall;
  answered: PromiseWithResolvers<SharedAnswer>;
}

interface Batch {
  members: Member[];
  inputs: number;
  bytes: number;
  timer: ReturnType<typeof setTimeout>;
}

interface BatchingDeps {
  world: World;
  providers: Pick<Providers, "price">;
}

/** Undefined where it is not wanted. */
export function createEmbeddingBatching(config: BatchingConfig, deps: BatchingDeps): EmbeddingBatching | undefined {
  if (!config.enabled) return undefined;
  const { window, inputs_max, bytes_max } = config;
  const open = new Map<string, Batch>();

  function send(key: string, batch: Batch): void {
    clearTimeout(batch.timer);
    if (open.get(key) === batch) open.delete(key);
    void answerBatch(batch.members, deps);
  }

  function begin(key: string): Batch {
    const batch: Batch = { members: [], inputs: 0, bytes: 0, timer: setTimeout(() => send(key, batch), window) };
    open.set(key, batch);
    return batch;
  }

  return {
    join(call, joining) {
      if (joining.request.operation !== "embeddings") return undefined;
      const asked = readJoinable(joining.request);
      if (!asked || asked.inputs.length >= inputs_max || asked.bytes > bytes_max) return undefined;
      const key = JSON.stringify([call.target.id, call.credential.name, joining.isStrict, asked.rest]);
      const known = open.get(key);
      const isFull =
        known && (known.inputs + asked.inputs.length > inputs_max || known.bytes + asked.bytes > bytes_max);
      if (known && isFull) send(key, known);
      const batch = known && !isFull ? known : begin(key);
      const member: Member = { ...asked, call, joining, answered: Promise.withResolvers() };
      batch.members.push(member);
      batch.inputs += asked.inputs.length;
      batch.bytes += asked.bytes;
      call.cancellation.onCancel = (reason) => member.answered.reject(reason);
      if (batch.inputs >= inputs_max) send(key, batch);
      return member.answered.promise;
    },
  };
}

/** Never rejects. */
async function answerBatch(members: readonly Member[], deps: BatchingDeps): Promise<void> {
  const [first, ...others] = members.filter(({ call }) => !call.cancellation.isCancelled);
  if (!first) return;
  if (others.length === 0) return askAlone(first, deps);
  const asked: [Member, ...Member[]] = [first, ...others];
  try {
    const shared = await askTogether(asked, deps);
    for (const [place, { answered }] of asked.entries()) {
      const own = shared[place];
      if (own) answered.resolve(own);
    }
  } catch (error) {
    const isRefused = isAppError(error) && error.code === "providers.vendor_refused";
    const left = asked.filter(({ call }) => !call.cancellation.isCancelled);
    if (isRefused) await Promise.all(left.map((member) => askAlone(member, deps)));
    else
      for (const [place, { answered }] of left.entries())
        answered.reject(isAppError(error) ? copyOf(error, place) : error);
  }
}

async function askAlone({ call, answered }: Member, { world }: BatchingDeps): Promise<void> {
  call.cancellation.onCancel = undefined;
  try {
    answered.resolve({ answer: await callVendor(call, world) });
  } catch (error) {
    answered.reject(error);
  }
}

async function askTogether(
  members: [Member, ...Member[]],
  { world, providers }: BatchingDeps,
): Promise<SharedAnswer[]> {
  const { call, joining } = members[0];
  const { target } = call;
  const cancellation = createCancellation();
  let left = members.length;
  for (const member of members)
    member.call.cancellation.onCancel = (reason) => {
      member.answered.reject(reason);
      left -= 1;
      // While one of them waits, the others' time-outs and hang-ups are their own.
      if (left === 0) cancellation.cancel(reason);
    };
  const { isStrict, callId } = joining;
  const exchange = createExchange(target, joinRequests(members), { isStrict, callId });
  const answer = await callVendor({ ...call, exchange, cancellation }, world);
  const usage = answer.kind === "whole" ? answer.facts.usage : undefined;
  const priced = { vendor: target.vendor.name, model: target.model };
  const cost = usage ? providers.price(priced, usage) : { usd_micros: null, price_version: null };
  const shared = splitAnswer(answer, members, cost);
  if (!shared) throw providersErrors.vendor_garbage({ target: target.id, detail: "vectors without their place" });
  return shared;
}

/** Each call writes its own id into its error; and to the target's health it is one failure, not as many. */
function copyOf(error: AppError, place: number): AppError {
  const { code, status, retry, message, fix, params, cause } = error;
  return new AppError({ code, status, retry, message, fix, params: { ...params, isToldBefore: place > 0 }, cause });
}
