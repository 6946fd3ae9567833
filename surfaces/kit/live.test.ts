import { expect, test } from "vitest";
import { events, type Happened } from "./live";

test("events are read however the stream is cut", async () => {
  const first = 'data: {"name":"trade.pay","subject":"1","at":"x"}\n\n';
  const second = ':still here\n\nevent: told\r\ndata: {"name":"福",\r\ndata: "subject":"2","at":"y"}\r\n\r\n';
  const bytes = new TextEncoder().encode(first + second);
  const body = new ReadableStream<Uint8Array>({
    start(control) {
      for (let at = 0; at < bytes.length; at += 7) control.enqueue(bytes.slice(at, at + 7));
      control.close();
    },
  });
  const heard: Happened[] = [];
  for await (const event of events(body)) heard.push(event);
  expect(heard.map((event) => [event.name, event.subject])).toEqual([
    ["trade.pay", "1"],
    ["福", "2"],
  ]);
});
