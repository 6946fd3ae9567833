// Who the merchant is whose app the console acts as, and the merchant's own numbers for what is done once.
import { useState } from "react";
import { useApp, useAppAsk } from "../shared";

/** The user id of the app's owner; undefined until it is known. */
export function useMerchant(): string | undefined {
  return useAppAsk("kaifang.openapp.app.query", { app_id: useApp().app_id }, { keep: 600_000 }).data?.party;
}

export const newNumber = (): string => `console-${crypto.randomUUID()}`;

/** A number for something that is done once however often it is sent, and a way to the next one. */
export function useNumber(): [string, () => void] {
  const [number, setNumber] = useState(newNumber);
  return [number, () => setNumber(newNumber())];
}

/** Only merchants themselves have recipes installed: the question for those, or none. */
export const useOwnRecipes = (): Record<string, never> | null => (useApp().role === "merchant" ? {} : null);
