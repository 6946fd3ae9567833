import { expect, test } from "vitest";
import { OWN } from "./apps";
import { others, tiles } from "./tiles";

const app = { app_id: "2021", name: "清禾", merchant: "2088", link: "", favorite: true };

test("who laid out nothing has the first grid, of pages that there are", () => {
  const first = tiles(undefined);
  expect(first.length).toBe(7);
  expect(first.every((tile) => tile.own && tile.path === OWN[tile.id]!.path)).toBe(true);
});

test("a grid shows what is still there, in its order; the rest can be added", () => {
  const mine = { kept: [app], recent: [], grid: ["2021", "page:bills", "page:gone", "2022"], laid: [app] };
  expect(tiles(mine).map((tile) => tile.id)).toEqual(["2021", "page:bills"]);
  const rest = others(mine, ["page:bills"]).map((tile) => tile.id);
  expect(rest).toContain("2021");
  expect(rest).not.toContain("page:bills");
});
