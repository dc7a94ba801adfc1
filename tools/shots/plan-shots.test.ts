// What is asked for on the command line, as pictures.
import { expect, test } from "bun:test";
import { pages } from "../../console/src/shell/routing/pages.ts";
import { fileOf, readShotsWish } from "./plan-shots.ts";

test("all pages in every theme, width and data are taken unless something else is said", () => {
  const { shots, atOnce } = readShotsWish(["--into", "out"]);
  expect(atOnce).toBe(2);
  // The pages of the navigation, the chat and the way in; and, where there is one, a record.
  expect(shots).toHaveLength((pages.length + 2 + (pages.length + 3)) * 2 * 3);
  expect(new Set(shots.map(fileOf)).size).toBe(shots.length);
});

test("pages, themes, widths and data are chosen by name, and one that is unknown is refused", () => {
  const wished = "--into out --page / --page /calls?outcome=failed --theme dark --width 390 --data few".split(" ");
  const { shots } = readShotsWish(wished);
  expect(shots.map(fileOf)).toEqual(["few/helm-dark-390.png", "few/calls-outcome-failed-dark-390.png"]);
  expect(shots[0]).toEqual({ page: "/", theme: "dark", width: 390, height: 844, data: "few" });
  expect(() => readShotsWish(["--into", "out", "--theme", "pink"])).toThrow('there is no "pink"');
  expect(() => readShotsWish(["--into", "out", "--width", "wide"])).toThrow("--width takes");
  expect(() => readShotsWish([])).toThrow("--into names");
});

test("a server that runs already is named by its address and a key, and has data of its own", () => {
  const server = "--into out --url http://127.0.0.1:4100/ --key bk-1".split(" ");
  const { shots, given } = readShotsWish([...server, "--page", "/calls", "--theme", "light", "--width", "390"]);
  expect(given).toEqual({ url: "http://127.0.0.1:4100", key: "bk-1" });
  expect(shots.map(fileOf)).toEqual(["given/calls-light-390.png"]);
  expect(readShotsWish(["--into", "out"]).given).toBeUndefined();
  expect(() => readShotsWish(server.slice(0, 4))).toThrow("go together");
  expect(() => readShotsWish([...server, "--data", "few"])).toThrow("leave --data out");
});

test("a screen may be of another height", () => {
  const { shots } = readShotsWish("--into out --page / --theme dark --data few --width 1440 --height 3000".split(" "));
  expect(shots.map(({ width, height }) => [width, height])).toEqual([[1440, 3000]]);
  expect(() => readShotsWish(["--into", "out", "--height", "tall"])).toThrow("--height takes");
});
