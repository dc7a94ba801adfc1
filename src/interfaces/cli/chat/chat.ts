// `chat`: one question and its answer, or a conversation in the terminal.
import { formatDuration, formatUsd } from "../../../kernel/index.ts";
import type { Cli } from "../cli.ts";
import { connect, type Connection } from "../connect.ts";
import { cliErrors } from "../errors.ts";
import { explainError, showError } from "../explain-error.ts";
import { bold, dim } from "../terminal/style.ts";
import { askModel, type ChatMessage, findCost, type ToldAnswer } from "./ask-model.ts";

export interface ChatOptions {
  system?: string;
  quiet?: boolean;
}

interface ChatRequest extends ChatOptions {
  model: string | undefined;
  prompt: string | undefined;
}

interface Conversation {
  connection: Connection;
  model: string;
  messages: ChatMessage[];
  isQuiet: boolean;
}

export async function chat(cli: Cli, request: ChatRequest): Promise<void> {
  const { model, prompt } = sortArguments(request);
  const connection = connect(cli);
  const isTyped = prompt === undefined && cli.host.stdin.isTerminal;
  const question = isTyped ? "" : await readPrompt(cli, prompt);
  const conversation: Conversation = {
    connection,
    model: model ?? (await chooseModel(cli, connection)),
    messages: request.system ? [{ role: "system", content: request.system }] : [],
    isQuiet: request.quiet ?? false,
  };
  return isTyped ? converse(cli, conversation) : askOnce(cli, conversation, question);
}

/** `chat "Why is the sky blue?"`: a model's name has no spaces, so this is a prompt. */
function sortArguments({ model, prompt }: ChatRequest): Pick<ChatRequest, "model" | "prompt"> {
  const isPrompt = model !== undefined && prompt === undefined && /\s/.test(model.trim());
  return isPrompt ? { model: undefined, prompt: model } : { model, prompt };
}

async function readPrompt({ host, output }: Cli, prompt: string | undefined): Promise<string> {
  if (prompt === "-" && host.stdin.isTerminal && !output.isJson) output.note(dim("Type the prompt; Ctrl-D ends it."));
  const text = prompt === undefined || prompt === "-" ? await host.stdin.read() : prompt;
  if (text.trim() === "") throw cliErrors.nothing_to_ask({});
  return text;
}

/** The first route, for an operator named it; else the first model. */
async function chooseModel({ output }: Cli, { api }: Connection): Promise<string> {
  const { models } = await api.models({ limit: 200 });
  const chosen = models.find((model) => model.kind === "route") ?? models[0];
  if (!chosen) throw cliErrors.no_model({});
  output.note(dim("Asking "), bold(chosen.id), dim("; name another: binnacle chat MODEL"));
  return chosen.id;
}

async function askOnce(cli: Cli, conversation: Conversation, question: string): Promise<void> {
  const { output, host } = cli;
  conversation.messages.push({ role: "user", content: question });
  if (!output.isJson) return answerAloud(cli, conversation);
  const answer = await askModel(conversation.connection, conversation, () => undefined);
  const cost =
    answer.callId && !conversation.isQuiet ? await findCost(conversation.connection, answer.callId) : undefined;
  if (host.signal.aborted) return;
  output.json({
    model: conversation.model,
    target: answer.target,
    text: answer.text,
    finish_reason: answer.finishReason,
    usage: answer.usage,
    cost_usd_micros: cost ?? null,
    call_id: answer.callId,
  });
}

async function converse(cli: Cli, conversation: Conversation): Promise<void> {
  const { host, output } = cli;
  output.note(dim("Ctrl-D ends the conversation."));
  while (!host.signal.aborted) {
    const question = await host.stdin.ask("› ");
    if (question === undefined) return output.note();
    if (question.trim() === "") continue;
    const before = conversation.messages.length;
    conversation.messages.push({ role: "user", content: question });
    try {
      await answerAloud(cli, conversation);
    } catch (error) {
      if (host.signal.aborted) return;
      // What was not answered is forgotten, so that the next question starts from a whole conversation.
      conversation.messages.length = before;
      showError(cli, explainError(error));
    }
    output.note();
  }
}

/** Prints the answer as it comes, then what it took, and adds it to the conversation. */
async function answerAloud(
  { host, output }: Cli,
  { connection, model, messages, isQuiet }: Conversation,
): Promise<void> {
  const startedMs = host.nowMs();
  let printed = "";
  const endLine = (): void => (printed === "" || printed.endsWith("\n") ? undefined : output.text("\n"));
  const print = (text: string): void => {
    printed = text;
    output.text(text);
  };
  const answer = await askModel(connection, { model, messages }, print).finally(endLine);
  const tookMs = host.nowMs() - startedMs;
  messages.push({ role: "assistant", content: answer.text });
  if (isQuiet) return;
  const cost = answer.callId === null ? undefined : await findCost(connection, answer.callId);
  output.note(dim(describeAnswer(answer, { tookMs, cost })));
}

function describeAnswer(answer: ToldAnswer, { tookMs, cost }: { tookMs: number; cost: number | undefined }): string {
  const { usage, finishReason, target, callId } = answer;
  const parts = [
    target,
    usage && `${usage.prompt_tokens} → ${usage.completion_tokens} tokens`,
    cost !== undefined && formatUsd(cost),
    formatDuration(tookMs),
    finishReason !== "stop" && finishReason && `ended: ${finishReason}`,
    callId && `call ${callId.slice(-12)}`,
  ];
  return parts.filter(Boolean).join(" · ");
}
