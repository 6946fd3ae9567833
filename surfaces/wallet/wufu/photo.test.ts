import { expect, test } from "vitest";
import { frame } from "./photo";

test("of a camera's picture the middle square, no larger than is looked at", () => {
  expect(frame(1920, 1080, true)).toEqual({ cut: [420, 0, 1080, 1080], size: [512, 512] });
});

test("a picture that was chosen is sent whole, and never made larger", () => {
  expect(frame(4000, 1000, false)).toEqual({ cut: [0, 0, 4000, 1000], size: [512, 128] });
  expect(frame(200, 300, false)).toEqual({ cut: [0, 0, 200, 300], size: [200, 300] });
});
