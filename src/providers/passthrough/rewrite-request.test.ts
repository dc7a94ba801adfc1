// The rewrite is held against the plain way of doing it (parse, change, print): same meaning, other bytes untouched.
import { describe, expect, test } from "bun:test";
import { removeMember, rewriteRequest } from "./rewrite-request.ts";

function rewrite(text: string, model: string, includeUsage = false): string {
  return rewriteRequest(text, JSON.parse(text), { model, includeUsage });
}

describe("rewriting a request", () => {
  test("returns the very same text when nothing changes", () => {
    const text = '{ "model":"a" , "temperature": 1.0, "seed": 12345678901234567890 }';
    expect(rewrite(text, "a")).toBe(text);
  });

  test("changes the model and leaves white space, order and number spellings alone", () => {
    expect(rewrite('{\n "temperature": 1.0,\n "model" : "fast" ,"x":1e3}', "gpt")).toBe(
      '{\n "temperature": 1.0,\n "model" : "gpt" ,"x":1e3}',
    );
  });

  test("names the model where the caller left that to its vendor, and a route says otherwise", () => {
    const rewriteTo = (text: string, model: string) =>
      rewriteRequest(text, { model: "usual" }, { model, includeUsage: false });
    expect(rewriteTo('{ "input": "boo" }', "usual")).toBe('{ "input": "boo" }');
    expect(JSON.parse(rewriteTo('{ "input": "boo" }', "mine"))).toEqual({ model: "mine", input: "boo" });
    expect(JSON.parse(rewriteTo('{"model":null}', "mine"))).toEqual({ model: "mine" });
    expect(JSON.parse(rewriteTo("{ }", "mine"))).toEqual({ model: "mine" });
  });

  test("is not fooled by the word inside prompts, nested objects or tool schemas", () => {
    const text =
      '{"messages":[{"role":"user","content":"\\"model\\":\\"x\\""}],"metadata":{"model":"inner"},"model":"fast"}';
    expect(JSON.parse(rewrite(text, "gpt"))).toEqual({ ...JSON.parse(text), model: "gpt" });
  });

  test("changes every one of several model keys, escaped spellings included", () => {
    const text = '{"model":"cheap","messages":[],"mod\\u0065l":"dear","model":"cheap"}';
    const out = rewrite(text, "gpt");
    expect(out).not.toContain("cheap");
    expect(out).not.toContain("dear");
  });

  test("asks for usage where the caller did not, keeping other stream options", () => {
    expect(rewrite('{"model":"a","stream":true}', "a", true)).toBe(
      '{"stream_options":{"include_usage":true},"model":"a","stream":true}',
    );
    const kept = rewrite('{"model":"a","stream_options":{"include_usage":false,"x":[1,{}]},"n":1}', "b", true);
    expect(JSON.parse(kept)).toEqual({ model: "b", stream_options: { include_usage: true, x: [1, {}] }, n: 1 });
    const none = rewrite('{"model":"a","stream_options":null}', "a", true);
    expect(JSON.parse(none).stream_options).toEqual({ include_usage: true });
  });

  test("takes a member out with one comma, and leaves the rest as it was", () => {
    expect(removeMember('{"a":1, "stream": true ,"b":{"stream":1}}', "stream")).toBe('{"a":1, "b":{"stream":1}}');
    expect(removeMember('{"a":[1,2],\n "stream":true}', "stream")).toBe('{"a":[1,2]}');
    expect(removeMember('{"stream":null}', "stream")).toBe("{}");
    expect(removeMember('{"a":"stream"}', "stream")).toBe('{"a":"stream"}');
    expect(JSON.parse(removeMember('{"stream":true,"a":1,"stream":{}}', "stream"))).toEqual({ a: 1 });
  });

  test("a model name with quotes and newlines stays one JSON string", () => {
    expect(JSON.parse(rewrite('{"model":"a"}', 'we"ird\n')).model).toBe('we"ird\n');
  });
});
