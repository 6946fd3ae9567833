// What happens on the platform while a page is open: one stream an app, shared by all who listen.
import { useEffect, useRef } from "react";
import { stream } from "./client";
import { Refusal } from "./refusal";
import { whenSessionChanges } from "./session";

export interface Happened {
  name: string;
  subject: string;
  at: string;
}

type Listener = (event: Happened) => void;

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const lines = new Map<string, Line>();

/** Hear what happens, until the returned function is called. */
export function live(listener: Listener, app = ""): () => void {
  const line = lines.get(app) ?? new Line(app);
  lines.set(app, line);
  line.listeners.add(listener);
  return () => {
    line.listeners.delete(listener);
    if (line.listeners.size) return;
    line.end();
    lines.delete(app);
  };
}

/** Hear events of these names in a page; `trade.` hears all that begin so. */
export function useLive(names: string[], onEvent: Listener, app?: string): void {
  const latest = useRef({ names, onEvent });
  latest.current = { names, onEvent };
  useEffect(() => {
    return live((event) => {
      const { names, onEvent } = latest.current;
      const meant = names.some((name) => name === event.name || (name.endsWith(".") && event.name.startsWith(name)));
      if (meant) onEvent(event);
    }, app);
  }, [app]);
}

whenSessionChanges(() => lines.forEach((line) => line.begin()));

class Line {
  readonly listeners = new Set<Listener>();
  private control = new AbortController();

  constructor(private readonly app: string) {
    this.begin();
  }

  begin(): void {
    this.end();
    this.control = new AbortController();
    void this.hold(this.control.signal);
  }

  end(): void {
    this.control.abort();
  }

  private async hold(signal: AbortSignal): Promise<void> {
    for (let wait = FIRST_WAIT; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        const answer = await stream("kaifang.live", signal, this.app || undefined);
        wait = FIRST_WAIT;
        for await (const event of events(answer.body!)) this.listeners.forEach((told) => told(event));
      } catch (problem) {
        if (signal.aborted) return;
        if (problem instanceof Refusal && !problem.unknown) return; // signed out, or not offered here
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** The events of a stream of server-sent events. */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<Happened> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split(/\r?\n\r?\n/);
    text = parts.pop()!;
    for (const part of parts) {
      const data = part.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (data.length) yield JSON.parse(data.map((line) => line.slice(5).trimStart()).join("\n"));
    }
  }
}
