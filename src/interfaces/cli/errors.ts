// What can be wrong before or on the way to a server, from where the command line stands.
import { defineErrors } from "../../kernel/index.ts";

export const cliErrors = defineErrors("cli", {
  usage: (p: { message: string; help: string }) => ({
    status: 400,
    message: p.message,
    fix: `See \`${p.help}\`.`,
  }),
  not_running: (p: { url: string }) => ({
    status: 503,
    message: `Binnacle is not running at ${p.url}.`,
    fix: "Start it with npm start. If it runs elsewhere, say where with --url or BINNACLE_URL (or BINNACLE_PORT).",
  }),
  no_answer: (p: { url: string; seconds: number }) => ({
    status: 504,
    message: `The server at ${p.url} did not answer within ${p.seconds} s.`,
    fix: "Look at its log; `binnacle doctor` checks what it needs.",
  }),
  not_binnacle: (p: { url: string; status: number }) => ({
    status: 502,
    message: `Something answers at ${p.url}, but it is not Binnacle (HTTP ${p.status}, not JSON).`,
    fix: "Stop what listens there, or say where Binnacle is with --url or BINNACLE_URL.",
  }),
  bad_url: (p: { url: string; source: string }) => ({
    status: 400,
    message: `${p.source} is not the address of a server: ${JSON.stringify(p.url)}.`,
    fix: "Write it like http://127.0.0.1:4100.",
  }),
  cannot_write: (p: { path: string; why: string }) => ({
    status: 500,
    message: `The file ${p.path} cannot be written: ${p.why}.`,
    fix: "Name a file that is not there yet, in a folder where this user may write, on a disk with room.",
  }),
  cannot_read: (p: { path: string; why: string }) => ({
    status: 500,
    message: `The file ${p.path} cannot be read: ${p.why}.`,
    fix: "Name a file that is there and that this user may read.",
  }),
  no_such_trace: (p: { id: string; searched: number }) => ({
    status: 404,
    message: `None of the latest ${p.searched} traces begins with ${JSON.stringify(p.id)}.`,
    fix: "Give the whole id of 32 digits, as `binnacle traces list --json` shows it.",
  }),
  path_or_version: () => ({
    status: 400,
    message: "Either policies at a path are tried on their cases, or those of a version.",
    fix: "Write `binnacle policy test policies`, or `binnacle policy test --of 4`.",
  }),
  no_policy_files: (p: { path: string }) => ({
    status: 404,
    message: `There is no file with policies or cases at ${p.path}.`,
    fix: "Name a folder with *.cedar files, or one of them; cases stand beside them in *.cases.yaml.",
  }),
  no_records_file: (p: { path: string }) => ({
    status: 404,
    message: `There is no file ${p.path}.`,
    fix: "Name a file that `binnacle records export` made.",
  }),
  no_format: (p: { file: string }) => ({
    status: 400,
    message: `${p.file} does not say which format it has.`,
    fix: "End its name in .ndjson, .csv or .parquet, or say --format.",
  }),
  no_key: (p: { path: string }) => ({
    status: 401,
    message: `No API key was found: neither --key nor BINNACLE_KEY is given, and there is no ${p.path}.`,
    fix: "Run this in the folder where Binnacle was started, set BINNACLE_HOME to its data folder, or set BINNACLE_KEY.",
  }),
  no_key_for_remote: (p: { url: string }) => ({
    status: 401,
    message: `No API key was given for ${p.url}.`,
    fix: "Set BINNACLE_KEY. The key of the data folder here is sent to this machine only.",
  }),
  key_unreadable: (p: { path: string; why: string }) => ({
    status: 500,
    message: `The key in ${p.path} cannot be read: ${p.why}.`,
    fix: "Run this as the user that Binnacle runs as, or set BINNACLE_KEY.",
  }),
  bad_key: () => ({
    status: 401,
    message: "The API key is empty, or has characters that no key has.",
    fix: "Copy it whole, without quotes or line breaks: a key is `bk_` and letters, digits and underscores.",
  }),
  no_model: () => ({
    status: 404,
    message: "There is no model to talk to.",
    fix: "Set OPENAI_API_KEY (or another vendor's) and start Binnacle again; `binnacle doctor` says what was found.",
  }),
  no_such_call: (p: { id: string; searched: number }) => ({
    status: 404,
    message: `None of the newest ${p.searched} calls has an id that ends with ${JSON.stringify(p.id)}.`,
    fix: "Give the whole id, or `last`; `binnacle calls list` shows the ids.",
  }),
  no_such_file: (p: { path: string }) => ({
    status: 404,
    message: `There is no file ${p.path}.`,
    fix: "Check the path; without a file the configuration of this folder is checked.",
  }),
  no_request_file: (p: { path: string }) => ({
    status: 404,
    message: `There is no file ${p.path}.`,
    fix: "Name a file with the body of a request as JSON, or `-` for standard input.",
  }),
  not_a_request: (p: { path: string }) => ({
    status: 400,
    message: `What stands in ${p.path} is not a request: it must be one JSON object.`,
    fix: 'Write it as a caller would send it: {"model":"fast","messages":[{"role":"user","content":"Hello"}]}.',
  }),
  no_plan_file: (p: { path: string }) => ({
    status: 404,
    message: `There is no file ${p.path}.`,
    fix: "Name a file with the route's plan as YAML or JSON, or `-` for standard input.",
  }),
  not_a_plan: (p: { path: string; why: string }) => ({
    status: 400,
    message: `What stands in ${p.path} is not a plan: ${p.why}.`,
    fix: "Write it as under the route's name in the config: `targets: [sim/sim-small]`, with `strategy:` and the rest beside it.",
  }),
  no_settings_file: (p: { path: string }) => ({
    status: 404,
    message: `There is no file ${p.path}.`,
    fix: "Name a file with the settings as YAML or JSON, or `-` for standard input.",
  }),
  no_settings: (p: { path: string; why: string; place: string }) => ({
    status: 400,
    message: `What stands in ${p.path} cannot be taken: ${p.why}.`,
    fix: `Write it as under ${p.place} in the config, without the name.`,
  }),
  nobody_to_ask: () => ({
    status: 400,
    message: "This is asked about first, and there is nobody at a terminal to ask.",
    fix: "Look at the difference above; --yes does it without asking.",
  }),
  not_a_header: (p: { line: string }) => ({
    status: 400,
    message: `${JSON.stringify(p.line)} is not a header.`,
    fix: "Write it as NAME: VALUE, such as --header 'x-binnacle-user: ada'.",
  }),
  no_state_file: (p: { path: string }) => ({
    status: 404,
    message: `There is no file ${p.path}.`,
    fix: "Name a YAML file with users, teams, projects and keys, or `-` for standard input; `binnacle export` prints one.",
  }),
  not_a_state: (p: { path: string; why: string }) => ({
    status: 400,
    message: `What stands in ${p.path} cannot be applied: ${p.why}.`,
    fix: "Write it like `teams: { research: { budgets: [{ usd: 400 }] } }`; `binnacle export` prints the present state in this form.",
  }),
  not_a_cap: (p: { option: string; text: string }) => ({
    status: 400,
    message: `${p.option} ${JSON.stringify(p.text)} cannot be read.`,
    fix: "Write it as --budget 'usd: 100, every: month' or --limit 'requests: 60, every: minute', or `none`.",
  }),
  nothing_to_ask: () => ({
    status: 400,
    message: "There is nothing to ask: the prompt is empty.",
    fix: 'Give a prompt, as in `binnacle chat MODEL "Why is the sky blue?"`, or pipe one in.',
  }),
  answer_broke: (p: { why: string }) => ({
    status: 502,
    message: `The answer broke off: ${p.why}.`,
    fix: "Ask again; `binnacle calls show last` says what happened.",
  }),
});
