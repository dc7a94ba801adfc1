// `keys create`, `keys list`, `keys update`, `keys revoke`.
import type { Key, RoleName, Scope } from "../../../governance/contract.ts";
import { OWN_ORGANISATION } from "../../../policy/contract.ts";
import type { Cli } from "../cli.ts";
import { connect } from "../connect.ts";
import { readAhead, readFuture } from "../read-time.ts";
import { isNone, readCaps } from "./directory/read-caps.ts";
import { formatDay, formatExactly } from "../terminal/moment.ts";
import { bold, dim, green, type Piece, red, yellow } from "../terminal/style.ts";

export interface CreateKeyOptions {
  name: string;
  scope?: Scope[];
  roles?: RoleName[];
  organisation?: string;
  service?: boolean;
  user?: string;
  team?: string;
  project?: string;
  expires?: string;
  model?: string[];
  allowIp?: string[];
  parent?: string;
  budget?: string[];
  limit?: string[];
}

export interface ListKeysOptions {
  limit: number;
  cursor?: string;
  organisation?: string;
  find?: string;
}

export interface UpdateKeyOptions extends Partial<Omit<CreateKeyOptions, "parent">> {
  disable?: boolean;
  enable?: boolean;
}

export async function createKey(cli: Cli, options: CreateKeyOptions): Promise<void> {
  const { host, output } = cli;
  const { name, user, team, project, scope, roles, organisation, service, expires, model, allowIp, parent } = options;
  const { api, url } = connect(cli);
  const expires_at_ms = expires === undefined ? null : readFuture(expires, host.nowMs());
  const caps = await readCaps(options);
  const key = await api.keys.create({
    name,
    user,
    team,
    project,
    ...caps,
    ...(scope && { scopes: scope }),
    ...(roles && { roles }),
    ...(organisation !== undefined && { organisation }),
    ...(service && { kind: "service" as const }),
    ...(model && { models: isNone(model) ? null : model }),
    ...(allowIp && { allowed_ips: isNone(allowIp) ? null : allowIp }),
    ...(parent !== undefined && { parent }),
    expires_at_ms,
  });
  if (output.isJson) return output.json(key);
  output.note(green("Created "), bold(key.name), ` (${key.id}), ${describeAuthority(key)}${untilWhen(key)}.`);
  output.note("This is the key. It is shown this once, so keep it now:");
  output.note();
  // Alone on stdout, so that `KEY=$(binnacle keys create …)` just works.
  output.line(key.secret);
  output.note();
  if (key.roles === null && !key.scopes.includes("call")) return;
  output.note("To call models with it, from anything that speaks OpenAI's API:");
  output.note(dim(`  export OPENAI_BASE_URL=${url}/v1 OPENAI_API_KEY=${output.isTerminal ? key.secret : "(the key)"}`));
}

export async function listKeys(cli: Cli, options: ListKeysOptions): Promise<void> {
  const { host, output } = cli;
  const { api } = connect(cli);
  const page = await api.keys.list(options);
  // What is looked for may be further down than one answer looks.
  while (options.find !== undefined && page.next_cursor !== null && page.keys.length < options.limit) {
    const rest = { ...options, limit: options.limit - page.keys.length, cursor: page.next_cursor };
    const { keys, next_cursor } = await api.keys.list(rest);
    page.keys.push(...keys);
    page.next_cursor = next_cursor;
  }
  if (output.isJson) return output.json(page);
  const columns = [
    { title: "ID" },
    { title: "NAME", shrinksTo: 8 },
    { title: "MAY" },
    { title: "WHOSE", shrinksTo: 8 },
    { title: "CREATED" },
    { title: "LAST USED" },
    { title: "STATE" },
  ];
  const rows = page.keys.map((key) => [
    key.id,
    key.name,
    (key.roles ?? key.scopes).join(" "),
    [key.user, key.team, key.project].filter((part) => part !== null).join(" / ") || dim("–"),
    formatDay(key.created_at_ms),
    key.last_used_at_ms === null ? dim("–") : formatDay(key.last_used_at_ms),
    describeState(key, host.nowMs()),
  ]);
  output.table(columns, rows);
  if (page.next_cursor !== null && output.isTerminal) output.note(dim(`More, with --cursor ${page.next_cursor}`));
}

export async function updateKey(cli: Cli, id: string, options: UpdateKeyOptions): Promise<void> {
  const { host, output } = cli;
  const { name, scope, roles, expires, model, allowIp, disable, enable } = options;
  const owner = (said: string | undefined): string | null | undefined => (said === "none" ? null : said);
  const expires_at_ms =
    expires === undefined ? undefined : expires === "none" ? null : readFuture(expires, host.nowMs());
  const key = await connect(cli).api.keys.update({
    id,
    name,
    scopes: scope,
    // Scopes that are said take the place of roles.
    roles: roles ?? (scope && null),
    user: owner(options.user),
    team: owner(options.team),
    project: owner(options.project),
    models: model && isNone(model) ? null : model,
    allowed_ips: allowIp && isNone(allowIp) ? null : allowIp,
    disabled: disable ? true : enable ? false : undefined,
    expires_at_ms,
    ...(await readCaps(options)),
  });
  if (output.isJson) return output.json(key);
  output.line(green("Changed "), bold(key.name), ` (${key.id}): `, describeState(key, host.nowMs()), ".");
}

export async function rotateKey(cli: Cli, id: string, { overlap }: { overlap: string }): Promise<void> {
  const { host, output } = cli;
  const overlap_ms = overlap === "none" ? 0 : readAhead("--overlap", overlap, host.nowMs()) - host.nowMs();
  const key = await connect(cli).api.keys.rotate({ id, overlap_ms });
  if (output.isJson) return output.json(key);
  const { previous_until_ms } = key;
  const before = previous_until_ms === null ? "works no more" : `works until ${formatExactly(previous_until_ms)}`;
  output.note(green("Rotated "), bold(key.name), ` (${key.id}). The secret before ${before}.`);
  output.note("This is the new one. It is shown this once, so keep it now:");
  output.note();
  output.line(key.secret);
}

export async function revokeKey(cli: Cli, id: string): Promise<void> {
  const { output } = cli;
  const key = await connect(cli).api.keys.revoke({ id });
  if (output.isJson) return output.json(key);
  output.line(green("Revoked "), bold(key.name), ` (${key.id}). It stops working within a second.`);
}

function describeState({ revoked_at_ms, expires_at_ms, disabled, previous_until_ms }: Key, nowMs: number): Piece {
  if (revoked_at_ms !== null) return red(`revoked ${formatDay(revoked_at_ms)}`);
  if (disabled) return red("disabled");
  if (previous_until_ms !== null && previous_until_ms > nowMs)
    return yellow(`two secrets until ${formatDay(previous_until_ms)}`);
  if (expires_at_ms === null) return green("valid");
  return expires_at_ms <= nowMs
    ? yellow(`expired ${formatDay(expires_at_ms)}`)
    : green(`valid until ${formatDay(expires_at_ms)}`);
}

function describeAuthority({ roles, scopes, organisation }: Key): string {
  const where = organisation === OWN_ORGANISATION ? "" : ` in ${organisation}`;
  return roles === null ? `which may ${scopes.join(", ")}${where}` : `with the ${describeRoles(roles)}${where}`;
}

function describeRoles(roles: readonly RoleName[]): string {
  return `${roles.length === 1 ? "role" : "roles"} ${roles.join(", ")}`;
}

function untilWhen({ expires_at_ms }: Key): string {
  return expires_at_ms === null ? "" : `, until ${formatDay(expires_at_ms)}`;
}
