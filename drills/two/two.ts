// `two`: a second Binnacle is started on a data folder that is in use. It must be refused in words that help, and the first
// must not notice.
import { z } from "zod";
import { childNamed } from "../../bench/machine/process-figures.ts";
import { type Check, defineDrill } from "../drill.ts";
import { createInstallation } from "../installation/binnacle.ts";
import { readAllCalls, untilProjected } from "../installation/stored-calls.ts";
import { checkOfRefusals, createAccount } from "../load/account.ts";
import { checksOfRecord, figuresOfRecord, judgeRecord } from "../load/judge-record.ts";
import { underLoad } from "../load/under-load.ts";

export const twoDrill = defineDrill({
  name: "two",
  takes: "10 s",
  summary: "a second Binnacle on a data folder in use: refused in clear words, the first unharmed",
  options: z.object({
    tries: z.coerce.number().int().min(1).max(100).default(3).describe("how often a second one is started"),
    rate: z.coerce.number().min(1).max(1000).default(50).describe("calls a second to the first one meanwhile"),
  }),
  async run(context, { tries, rate }) {
    const installation = createInstallation(context);
    const running = await installation.start();
    const account = createAccount();
    const databasePid = childNamed(running.pid, "postgres");
    const refusals: Refusal[] = [];
    await underLoad(running, { callsPerSecond: rate, seed: context.seed, name: "two", account }, async () => {
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        refusals.push(await installation.startInVain());
        context.say(`second start ${attempt} of ${tries}: exit code ${refusals.at(-1)?.exitCode}`);
      }
    });
    await untilProjected(running, context);
    const verdict = judgeRecord(account, await readAllCalls(running));
    const isSameDatabase = childNamed(running.pid, "postgres") === databasePid;
    await running.stop();
    const again = await installation.start();
    await again.stop();
    return {
      checks: [
        ...refusals.slice(0, 1).map((first) => checkOfMessage(first, running.pid)),
        checkOfExitCodes(refusals),
        {
          that: "the first kept its database",
          holds: isSameDatabase,
          found: isSameDatabase ? "the same process" : "another",
        },
        { that: "no call to the first broke off", holds: account.cut.size === 0, found: `${account.cut.size} did` },
        checkOfRefusals(account),
        ...checksOfRecord(verdict, undefined),
        { that: "the folder is free once the first has stopped", holds: true, found: "started again" },
      ],
      figures: {
        tries,
        answered: account.answered.size,
        failed: account.cut.size + account.refused(),
        ...figuresOfRecord(verdict),
      },
    };
  },
});

interface Refusal {
  exitCode: number;
  output: string;
}

function checkOfExitCodes(refusals: readonly Refusal[]): Check {
  const codes = [...new Set(refusals.map(({ exitCode }) => exitCode))];
  return { that: "every second start ends with exit code 1", holds: codes.join() === "1", found: codes.join(", ") };
}

/** It names the other process, the folder, and a way out. */
function checkOfMessage({ output }: Refusal, firstPid: number): Check {
  const isClear =
    /another Binnacle/i.test(output) && output.includes(String(firstPid)) && output.includes("BINNACLE_HOME");
  return {
    that: "it says who holds the folder, and what to do",
    holds: isClear,
    found: output.trim().split("\n").join(" / ").slice(0, 240),
  };
}
