// The wallet's numbers of what it does: the same wish has the same number, so that asking again does it once.
import { useRef } from "react";

export function useNumbers(): (wish: object) => string {
  const kept = useRef({ said: "", number: "" });
  return (wish) => {
    const said = JSON.stringify(wish);
    if (kept.current.said !== said) kept.current = { said, number: crypto.randomUUID() };
    return kept.current.number;
  };
}
