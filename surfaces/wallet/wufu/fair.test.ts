// Held against what kaifang.kernel.fair says of the same seed.
import { expect, test } from "vitest";
import { commitment, Seed, wrongDraws, wrongShares, type Split } from "./fair";

const seed = "ab".repeat(32);
const rules = [
  [
    { name: "1001", weight: 3 },
    { name: "1002", weight: 249 },
    { name: "2001", weight: 1 },
  ],
];
const draws = ["2001", "1002", "1002"].map((got, at) => ({ who: "anna", number: at + 1, got }));
const amounts = ["15.63", "10.23", "9.92", "18.19", "14.57", "0.99", "13.86", "7.31", "2.38", "6.92"];
const split = {
  campaign_id: "c1",
  rule: "random",
  total: "100.00",
  count: 10,
  least: "0.00",
  shares: amounts.map((amount, at) => ({ who: String(at), amount })),
} as Split;

test("the promise of a seed", async () => {
  expect(await commitment(seed)).toBe("271a413bd339c5709fdceaec41f14f11e9fbfb5042d72d331c65f32b284cd09a");
});

test("draws are what the seed says, and nothing else", async () => {
  const known = await Seed.of(seed);
  expect(await wrongDraws(known, "c1", rules, draws)).toBe(0);
  expect(await wrongDraws(known, "c2", rules, draws)).toBeGreaterThan(0);
  expect(await wrongDraws(known, "c1", rules, draws.slice(1))).toBe(1); // the first is kept secret
});

test("shares are what the seed says, to the fen", async () => {
  const known = await Seed.of(seed);
  expect(await wrongShares(known, split)).toEqual({ wrong: 0, whole: true });
  const moved = split.shares!.map((one, at) => ({
    ...one,
    amount: at === 0 ? "15.64" : at === 1 ? "10.22" : one.amount,
  }));
  expect(await wrongShares(known, { ...split, shares: moved })).toEqual({ wrong: 2, whole: true });
  expect((await wrongShares(known, { ...split, count: 11 })).whole).toBe(false);
});

test("equal shares differ by a fen at most", async () => {
  const shares = ["3.33", "3.34", "3.34"].map((amount, at) => ({ who: String(at), amount }));
  const equal = { ...split, rule: "equal", total: "10.01", count: 3, shares } as Split;
  expect(await wrongShares(await Seed.of(seed), equal)).toEqual({ wrong: 0, whole: true });
});
