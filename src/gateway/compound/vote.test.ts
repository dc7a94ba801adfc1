import { describe, expect, test } from "bun:test";
import type { Said } from "./read-said.ts";
import { countVotes } from "./vote.ts";

const said = (text: string, more: Partial<Said> = {}): Said => ({
  text,
  refusal: "",
  toolCalls: [],
  finish: "stop",
  logprobs: [],
  ...more,
});

describe("a vote", () => {
  test.each<[string[], number, number]>([
    [["Paris"], 0, 1],
    [["Rome", "Paris", " paris\n"], 1, 2],
    [["Rome", "Paris"], 0, 1],
    [["a", "b", "b", "a"], 0, 2],
    [["a", '{"x": 1, "y": [2]}', '{"y":[2],"x":1}'], 1, 2],
    [["[1,2]", "[2,1]", "[2, 1]"], 1, 2],
    [["4", "5", "5.0"], 1, 2],
    [['"Yes"', "no", "YES"], 0, 1],
    [["STRASSE", "straße", "Strasse"], 0, 2],
    [["e\u0301", "\u00E9"], 0, 2],
  ])("of %p is won by number %p, with %p", (texts, winner, votes) => {
    expect(countVotes(texts.map((text) => said(text)))).toEqual({ winner, votes });
  });

  test("counts calls of tools with the same arguments as the same", () => {
    const calling = (name: string, text: string): Said => said("", { toolCalls: [{ name, arguments: text }] });
    const answers = [calling("a", "{}"), calling("b", '{"x":1,"y":2}'), calling("b", '{ "y": 2, "x": 1 }')];
    expect(countVotes(answers)).toEqual({ winner: 1, votes: 2 });
  });

  test("tells a refusal from an answer in the same words", () => {
    expect(countVotes([said("No."), said("", { refusal: "No." }), said("no.")])).toEqual({ winner: 0, votes: 2 });
  });
});
