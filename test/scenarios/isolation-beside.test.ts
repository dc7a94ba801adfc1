// Who may do what at the addresses that are not in the API's document: models, files, batches, responses, telemetry, metrics, exports
// and sign-in; and that what is somebody's there is nobody else's.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type RoleName, roleNames } from "../../src/policy/contract.ts";
import { startTestApp, type TestApp } from "../support/app.ts";
import { nameMark, organisations, seed, type Seeded, textMark } from "../support/isolation/seed.ts";

let app: TestApp;
let seeded: Seeded[];
beforeAll(async () => {
  app = await startTestApp();
  seeded = await seed(app);
});
afterAll(() => app.close());

const CALLERS: readonly RoleName[] = ["owner", "admin", "developer", "member", "child"];
const SENDERS: readonly RoleName[] = ["owner", "admin", "operator", "developer", "member"];
const TAKERS: readonly RoleName[] = ["owner", "auditor"];
const SEERS: readonly RoleName[] = ["owner", "admin", "operator", "reviewer", "auditor"];
const chat = JSON.stringify({ model: "sim/sim-instant", messages: [{ role: "user", content: "hi" }] });
const ranked = JSON.stringify({ model: "sim/sim-instant", query: "a", documents: ["b"] });
const answered = JSON.stringify({ model: "sim/sim-instant", input: "hi" });

interface Address {
  method: string;
  path: string;
  body?: string;
  roles: readonly RoleName[];
  /** Of the installation's own organisation alone. */
  isWhole?: true;
}

const addresses: Address[] = [
  { method: "POST", path: "/v1/chat/completions", body: chat, roles: CALLERS },
  { method: "POST", path: "/v1/messages", body: chat, roles: CALLERS },
  { method: "POST", path: "/v1/responses", body: answered, roles: CALLERS },
  { method: "GET", path: "/v1/responses/resp_bn00000000000070008000000000000000", roles: CALLERS },
  { method: "POST", path: "/v1/embeddings", body: answered, roles: CALLERS },
  { method: "POST", path: "/v1/moderations", body: answered, roles: CALLERS },
  { method: "POST", path: "/v1/rerank", body: ranked, roles: CALLERS },
  { method: "POST", path: "/v1beta/models/sim/sim-instant:generateContent", body: chat, roles: CALLERS },
  { method: "POST", path: "/api/chat", body: chat, roles: CALLERS },
  { method: "GET", path: "/v1/models", roles: CALLERS },
  { method: "GET", path: "/v1/models/sim/sim-instant", roles: CALLERS },
  { method: "GET", path: "/v1beta/models", roles: CALLERS },
  { method: "GET", path: "/api/tags", roles: CALLERS },
  { method: "POST", path: "/api/show", body: chat, roles: CALLERS },
  { method: "GET", path: "/v1/files", roles: CALLERS },
  { method: "GET", path: "/v1/files/file-00000000000000000000000000000000/content", roles: CALLERS },
  { method: "DELETE", path: "/v1/files/file-00000000000000000000000000000000", roles: CALLERS },
  { method: "GET", path: "/v1/batches", roles: CALLERS },
  { method: "POST", path: "/v1/batches", body: "{}", roles: CALLERS },
  { method: "POST", path: "/v1/batches/batch_00000000000000000000000000000000/cancel", roles: CALLERS },
  { method: "GET", path: "/v1/messages/batches", roles: CALLERS },
  { method: "POST", path: "/v1/traces", body: "{}", roles: SENDERS },
  { method: "POST", path: "/v1/metrics", body: "{}", roles: SENDERS },
  { method: "GET", path: "/metrics", roles: SEERS, isWhole: true },
  { method: "GET", path: "/scim/v2/Users", roles: ["owner", "admin"], isWhole: true },
  { method: "GET", path: "/api/v1/records/export", roles: [...TAKERS, "admin"] },
  { method: "POST", path: "/api/v1/records/import", roles: ["owner", "admin"], isWhole: true },
];

interface Asked extends Address {
  key: string;
}

const ask = ({ method, path, body, key }: Pick<Asked, "method" | "path" | "body" | "key">): Promise<Response> =>
  fetch(app.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body !== undefined && { body }),
  });

describe("beside the API's document", () => {
  test.each(addresses.map((address) => [address.method, address.path, address] as const))(
    "%s %s is for whom it is meant",
    async (_, __, address) => {
      const wrong: string[] = [];
      for (const { organisation, keys } of seeded)
        for (const role of roleNames) {
          const response = await ask({ ...address, key: keys[role].secret });
          const text = await response.text();
          const isMeant = address.roles.includes(role) && !(address.isWhole && organisation !== "default");
          const isRefused = response.status === 403;
          if (isMeant === isRefused || response.status === 401 || response.status >= 500)
            wrong.push(`${organisation}'s ${role}: ${response.status} ${text.slice(0, 200)}`);
          for (const other of organisations.filter((each) => each !== organisation))
            if (text.includes(textMark(other)) || (organisation !== "default" && text.includes(nameMark(other))))
              wrong.push(`${organisation}'s ${role} is told of ${other}`);
        }
      expect(wrong).toEqual([]);
    },
  );

  test("without a key nothing is told", async () => {
    const statuses = await Promise.all(addresses.map(async (address) => (await ask({ ...address, key: "" })).status));
    expect(statuses.filter((status) => status !== 401)).toEqual([]);
  });

  test("an export has the organisation's own texts, and no others", async () => {
    for (const { organisation, keys } of seeded) {
      const text = await (
        await ask({ method: "GET", path: "/api/v1/records/export", key: keys.auditor.secret })
      ).text();
      const told: string[] = organisations.filter((each) => text.includes(textMark(each)));
      expect(told).toEqual([organisation]);
    }
  });

  test("a console session sees what its key sees", async () => {
    const [own, acme] = seeded;
    const response = await fetch(`${app.url}/api/session`, {
      method: "POST",
      body: JSON.stringify({ key: acme?.keys.owner.secret }),
    });
    const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const seen = async (path: string) => (await fetch(`${app.url}/api/v1${path}`, { headers: { cookie } })).status;
    expect([await seen("/status"), await seen("/calls"), await seen(`/calls/${own?.ids.calls}`)]).toEqual([
      403, 200, 404,
    ]);
  });
});

describe("what is kept for callers", () => {
  test("files of a project are not another organisation's, whose project has the same name", async () => {
    const project = "same-name";
    const keys: string[] = [];
    for (const organisation of ["default", "acme"])
      keys.push((await app.client.keys.create({ name: "files", organisation, roles: ["member"], project })).secret);
    const form = new FormData();
    form.set("purpose", "batch");
    form.set("file", new File(['{"custom_id":"1"}\n'], "lines.jsonl"));
    const headers = { authorization: `Bearer ${keys[0]}` };
    const made = (await (await fetch(`${app.url}/v1/files`, { method: "POST", headers, body: form })).json()) as {
      id: string;
    };
    const find = async (key = ""): Promise<number> =>
      (await ask({ method: "GET", path: `/v1/files/${made.id}`, key })).status;
    expect([await find(keys[0]), await find(keys[1])]).toEqual([200, 404]);
  });

  test("responses are not another organisation's, whose project has the same name", async () => {
    const project = "same-name";
    const keys: string[] = [];
    for (const organisation of ["default", "acme"])
      keys.push((await app.client.keys.create({ name: "responses", organisation, roles: ["member"], project })).secret);
    const made = (await (
      await ask({ method: "POST", path: "/v1/responses", body: answered, key: keys[0] ?? "" })
    ).json()) as {
      id: string;
    };
    const find = async (key = ""): Promise<number> =>
      (await ask({ method: "GET", path: `/v1/responses/${made.id}`, key })).status;
    expect([await find(keys[0]), await find(keys[1])]).toEqual([200, 404]);
  });
});
