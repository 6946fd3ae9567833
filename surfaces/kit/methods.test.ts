import { expect, test } from "vitest";
import { query, target } from "./methods";

test("a method without an official address is a POST to its name", () => {
  expect(target("kaifang.wallet.balance", { a: 1 })).toEqual({
    verb: "POST",
    path: "/v3/kaifang/wallet/balance",
    rest: { a: 1 },
  });
});

test("what stands in the path is taken from the question", () => {
  const [method, address] = Object.entries(ADDRESSES).find(([, address]) => address.includes("{"))!;
  const name = /\{(\w+)\}/.exec(address)![1];
  const ask = { [name]: "a/b ?", other: "x" };
  const { verb, path, rest } = target(method, ask);
  expect(`${verb} ${path}`).toBe(address.replace(`{${name}}`, "a%2Fb%20%3F"));
  expect(rest).toEqual({ other: "x" });
  expect(ask).toHaveProperty(name);
});

test("a query repeats lists, writes what is nested as JSON, and leaves out what is not said", () => {
  expect(query({ a: ["1", "2"], b: { c: 1 }, d: undefined, e: null, f: false })).toBe(
    "?a=1&a=2&b=%7B%22c%22%3A1%7D&f=false",
  );
  expect(query({})).toBe("");
});
