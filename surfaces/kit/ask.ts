// Questions and acts in pages: one cache for all of them, so that what was asked a moment ago is there at once.
import { QueryClient, keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, type As } from "./client";
import type { Answer, Ask, MethodName } from "./methods";
import { Refusal } from "./refusal";
import { whenSessionChanges } from "./session";
import { useLanguage } from "./words";

export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (times, problem) => times < 2 && problem instanceof Refusal && problem.unknown,
      refetchOnWindowFocus: false,
      throwOnError: (problem) => !(problem instanceof Refusal),
    },
  },
});

whenSessionChanges(() => cache.clear());

export interface Asked<M extends MethodName> {
  data: Answer<M> | undefined;
  problem: Refusal | null;
  loading: boolean; // there is nothing to show yet
  renewing: boolean; // there is, and it is being asked again
  again(): Promise<unknown>;
}

export interface AskAs extends As {
  keep?: number; // milliseconds for which an answer is good without asking again
  every?: number; // milliseconds after which it is asked again
  hold?: boolean; // show the last answer until the next is there: for pages of a list
}

/** Ask while a page is open; null: do not ask yet. */
export function useAsk<M extends MethodName>(method: M, ask: Ask<M> | null, as: AskAs = {}): Asked<M> {
  const { keep = 0, every, hold, ...who } = as;
  const asked = useQuery<Answer<M>, Refusal>({
    queryKey: [method, ask, who.app, who.authToken, useLanguage()],
    queryFn: () => call(method, ask as Ask<M>, who),
    enabled: ask !== null,
    staleTime: keep,
    refetchInterval: every,
    placeholderData: hold ? (keepPreviousData as never) : undefined,
  });
  const { data, error, isLoading, isFetching, refetch } = asked;
  return { data, problem: error, loading: isLoading, renewing: isFetching && !isLoading, again: refetch };
}

/** Ask these again wherever they are shown; all that begin so, if a name ends with a dot. */
export function askAgain(...methods: string[]): Promise<void> {
  const meant = (name: unknown) =>
    methods.some((each) => (each.endsWith(".") ? String(name).startsWith(each) : name === each));
  return cache.invalidateQueries({ predicate: (asked) => meant(asked.queryKey[0]) });
}

export interface Acting<M extends MethodName> {
  act(ask: Ask<M>, as?: As): Promise<Answer<M> | undefined>; // undefined: refused, and `problem` says why
  problem: Refusal | null;
  acting: boolean;
  clear(): void;
}

/** Do something; afterwards what it changes is asked again. */
export function useAct<M extends MethodName>(
  method: M,
  { changes = [], ...who }: As & { changes?: string[] } = {},
): Acting<M> {
  const [acting, setActing] = useState(false);
  const [problem, setProblem] = useState<Refusal | null>(null);
  const act = async (ask: Ask<M>, as: As = who) => {
    setActing(true);
    setProblem(null);
    try {
      const answer = await call(method, ask, as);
      await askAgain(...changes);
      return answer;
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      setProblem(refused);
      return undefined;
    } finally {
      setActing(false);
    }
  };
  return { act, problem, acting, clear: () => setProblem(null) };
}
