// A number for what somebody means to do once: asked again after a lost answer, it is the same; after that, another.
import { useRef } from "react";

export function useOnce(): { no: string; next(): void } {
  const number = useRef(fresh());
  return {
    get no() {
      return number.current;
    },
    next: () => void (number.current = fresh()),
  };
}

const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(36)).join("");
