import { expect, test } from "vitest";
import { outside, pageOf, picture } from "./offers";

test.each([
  [{ kind: "VOUCHER", id: "2016" }, "", "e1", "/cards/offer/2016/e1"],
  [{ kind: "CARD", id: "2017" }, "pages/card", "", "/cards/join/2017"],
  [{ kind: "WUFU", id: "2018" }, "", "e1", "/wufu/place/2018/e1"],
  [
    { kind: "SERVICE", id: "1" },
    "alipays://platformapi/startapp?page=a&appId=2021010000000010",
    "",
    "/app/2021010000000010",
  ],
  [{ kind: "PAGE" }, "https://shop.example.com/new", "e1", ""],
  [{ kind: "SHOP", id: "../me" }, "", "", "/shops/..%2Fme"],
])("%o leads to a page of the wallet", (offer, link, exposure, page) => {
  expect(pageOf(offer, link, exposure)).toBe(page);
});

test.each(["javascript:alert(1)", "data:text/html,x", "alipays://a", "pages/x", ""])(
  "%s leads nowhere outside",
  (link) => {
    expect(outside(link)).toBeUndefined();
  },
);

test("pictures come from the platform alone", () => {
  expect(picture("http://elsewhere.example.com/material/abc123")).toBe("/material/abc123");
  expect(picture("https://elsewhere.example.com/tracker.png")).toBeUndefined();
  expect(picture("/material/../v3/x")).toBeUndefined();
});
