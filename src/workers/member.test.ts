import { expect, test } from "bun:test";
import type { Message } from "./channel.ts";
import { createMember } from "./member.ts";
import { placeFromEnv, placeToEnv, settingsOf } from "./place.ts";

function createEnd() {
  const sent: Message[] = [];
  let hear: (message: Message) => void = () => undefined;
  return {
    sent,
    say: (message: Message) => hear(message),
    channel: { send: (message: Message) => void sent.push(message), onMessage: (to: typeof hear) => void (hear = to) },
  };
}

test("a worker says that it is ready, answers what it can, and says so when it has no answer", async () => {
  const { sent, say, channel } = createEnd();
  const member = createMember({ number: 2, count: 3, role: "worker", tlsPort: null }, channel);
  member.answer("double", (input) => Number(input) * 2);
  member.answer("fails", () => {
    throw new Error("no");
  });
  await member.start({ port: 1, tlsPort: null, databaseUrl: "", aideMayStart: Promise.resolve() });
  for (const [id, topic] of ["double", "fails", "unheard of"].entries()) say({ kind: "question", id, topic, input: 4 });
  await Bun.sleep(0);
  const answers = sent.filter((message) => message.kind === "answer").toSorted((one, other) => one.id - other.id);
  expect(sent[0]).toEqual({ kind: "ready" });
  expect(answers.map((answer) => answer.answers)).toEqual([[{ number: 2, value: 8 }], [], []]);
});

test("a worker's question comes back with all answers, and with none when nobody answers in time", async () => {
  const { sent, say, channel } = createEnd();
  const member = createMember({ number: 2, count: 3, role: "worker", tlsPort: null }, channel);
  const [first, second] = [member.ask("name"), member.ask("name")];
  const [question] = sent;
  if (question?.kind === "question-to-all")
    say({ kind: "answer", id: question.id, answers: [{ number: 1, value: "one" }] });
  expect(await first).toEqual([{ number: 1, value: "one" }]);
  expect(await second).toEqual([]);
});

test("what a worker is told comes through the environment whole; what is no such thing is refused", () => {
  const place = {
    number: 2,
    count: 3,
    role: "worker",
    port: 4100,
    tlsPort: 4143,
    databaseUrl: "postgresql:///x?password=a%20b",
  } as const;
  expect(placeFromEnv(placeToEnv(place))).toEqual(place);
  expect(settingsOf(place)).toEqual({
    BINNACLE__INTERFACES__PORT: "4100",
    BINNACLE__STORAGE__DATABASE_URL: place.databaseUrl,
  });
  expect(placeFromEnv({})).toBeUndefined();
  for (const text of ["", "2", '{"number":1,"count":2,"port":1,"tlsPort":null,"databaseUrl":"","role":"worker"}'])
    expect(() => placeFromEnv({ BINNACLE_WORKER: text })).toThrow("does not say which worker");
});

test("a worker asks the aide through the first process, once it has heard that there is one", async () => {
  const { sent, say, channel } = createEnd();
  const member = createMember({ number: 2, count: 3, role: "worker", tlsPort: null }, channel);
  expect(await member.aide.ask("double", 4)).toBeUndefined();
  member.aide.want();
  expect(sent).toEqual([{ kind: "aide-wanted" }]);
  say({ kind: "aide", isReady: true });
  const asked = member.aide.ask("double", 4);
  const question = sent[1];
  expect(question).toMatchObject({ kind: "question-to-aide", topic: "double", input: 4 });
  if (question?.kind === "question-to-aide")
    say({ kind: "answer", id: question.id, answers: [{ number: 4, value: 8 }] });
  expect(await asked).toBe(8);
  say({ kind: "aide", isReady: false });
  expect(await member.aide.ask("double", 4)).toBeUndefined();
});

test("an aide has none of its own", async () => {
  const { sent, channel } = createEnd();
  const member = createMember({ number: 4, count: 3, role: "aide", tlsPort: null }, channel);
  member.aide.want();
  expect(await member.aide.ask("double", 4)).toBeUndefined();
  expect(sent).toEqual([]);
});
