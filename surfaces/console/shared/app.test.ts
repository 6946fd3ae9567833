import { expect, test } from "vitest";
import { usableApps } from "./app";

test("the operator's app comes first, and the wallet is no app to act as", () => {
  const app = (role: string) => ({ app_id: role, name: role, role, kind: "WEB" });
  const roles = usableApps(["wallet", "merchant", "operator", "isv"].map(app)).map((one) => one.role);
  expect(roles).toEqual(["operator", "isv", "merchant"]);
});
