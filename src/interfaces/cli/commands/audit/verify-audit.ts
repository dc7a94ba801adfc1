// `audit verify`: an export, from the file alone; or the trail of a server, by the server. Exit code 1 where something is wrong.
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { verifyExport } from "../../../../audit/index.ts";
import type { Cli } from "../../cli.ts";
import { connect } from "../../connect.ts";
import { cliErrors } from "../../errors.ts";
import { dim, green, red, yellow } from "../../terminal/style.ts";

export async function verifyAudit(cli: Cli, file: string | undefined, trusted: readonly string[]): Promise<number> {
  return file === undefined ? verifyServer(cli) : verifyFile(cli, file, trusted);
}

async function verifyServer(cli: Cli): Promise<number> {
  const verified = await connect(cli).stream.audit.verify();
  if (cli.output.isJson) cli.output.json(verified);
  else tell(cli, verified);
  return verified.ok ? 0 : 1;
}

async function verifyFile(cli: Cli, file: string, trusted: readonly string[]): Promise<number> {
  const { host, output } = cli;
  const path = resolve(host.cwd, file);
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  const verified = await verifyExport(lines, trusted).catch((cause: unknown) => {
    throw cliErrors.cannot_read({ path, why: cause instanceof Error ? cause.message : String(cause) }, cause);
  });
  if (output.isJson) {
    output.json(verified);
    return verified.ok ? 0 : 1;
  }
  tell(cli, verified);
  if (verified.origin !== null)
    output.line(
      dim(`${verified.origin}, ${verified.size} entries signed${verified.is_whole ? ", all of them here" : ""}`),
    );
  if (!verified.key_was_given)
    output.note(yellow("The key is the file's own. Compare it with one that came by another way: --trust."));
  return verified.ok ? 0 : 1;
}

interface Told {
  ok: boolean;
  entries: number;
  findings: readonly { kind: string; seq?: number | undefined; id?: string | undefined; count?: number | undefined }[];
  notices: readonly { kind: string; seq?: number | undefined }[];
  more: number;
}

function tell({ output }: Cli, { ok, entries, findings, notices, more }: Told): void {
  if (ok) output.line(green("Whole: "), `${entries} entries, each in its place.`);
  else output.line(red("Not whole: "), `${findings.length + more} findings in ${entries} entries.`);
  for (const { kind, seq, id, count } of findings) {
    const place = seq === undefined ? "" : ` at ${seq}${count === undefined ? "" : `, ${count} of them`}`;
    output.line(red(`  ${kind}`), place, dim(id === undefined ? "" : ` ${id}`));
  }
  if (more > 0) output.line(red(`  and ${more} more`));
  for (const { kind, seq } of notices)
    output.line(yellow(`  ${kind}`), ` at ${seq}: it says that it is older than the one before it`);
}
