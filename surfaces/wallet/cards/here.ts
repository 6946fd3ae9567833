// Everywhere, or near the place that the wallet knows; a list begins with everywhere.
import { useState } from "react";
import { usePlace } from "../shell/place";

export interface Where {
  near: boolean;
  choose(near: boolean): void;
  here: { longitude: string; latitude: string } | undefined; // as methods are asked
}

export function useHere(): Where {
  const [near, choose] = useState(false);
  const place = usePlace();
  const here =
    near && place ? { longitude: place.longitude.toFixed(6), latitude: place.latitude.toFixed(6) } : undefined;
  return { near, choose, here };
}
