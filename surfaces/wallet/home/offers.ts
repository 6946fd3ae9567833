// Where a tap on something that was found or shown leads, with the showing that led there.
import { call } from "../../kit";

export interface Offer {
  kind: string;
  id?: string | null;
}

/** The page of something that a slot shows or a search finds; empty: there is nothing to open here. */
export function pageOf(offer: Offer, link = "", exposure = ""): string {
  const id = encodeURIComponent(offer.id ?? "");
  const led = exposure && `/${exposure}`;
  switch (offer.kind) {
    case "VOUCHER":
      return `/cards/offer/${id}${led}`;
    case "CARD":
      return `/cards/join/${id}${led}`;
    case "WUFU":
      return `/wufu/place/${id}${led}`;
    case "SHOP":
      return `/shops/${id}`;
    case "APP":
      return `/app/${id}`;
    default:
      return appOf(link) && `/app/${appOf(link)}`;
  }
}

/** The mini-program that an alipays:// address opens. */
function appOf(link: string): string {
  return /^alipays:\/\/.*[?&]appId=(\d{16})\b/.exec(link)?.[1] ?? "";
}

/** An address outside, where that is where a tap leads. */
export function outside(link: string): URL | undefined {
  try {
    const address = new URL(link);
    return /^https?:$/.test(address.protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}

/** A picture that the platform itself serves; those of others are not shown. */
export function picture(image: string): string | undefined {
  const path = outside(image)?.pathname ?? "";
  return /^\/(material|image)\/\w+$/.test(path) ? path : undefined;
}

/** Tell that something shown was tapped; nobody waits for it. */
export function tapped(exposure: string): void {
  void call("kaifang.reach.click", { exposure }).catch(() => undefined);
}
