// Draws a campaign again with its seed, and splits its pool again; nothing that the platform says is believed.
import type { Answer } from "../../kit";

export type Promised = Answer<"kaifang.wufu.fair">;
export type Split = Answer<"kaifang.wufu.shares">;
type Outcome = { name: string; weight: number };
type Drawn = { who: string; number: number; got: string };

const text = new TextEncoder();
const hexadecimal = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const number = (bytes: Uint8Array) => BigInt(`0x${hexadecimal(bytes)}`);
const fen = (yuan: string) => BigInt(yuan.replace(".", ""));

/** What was told of a seed before anything was drawn. */
export async function commitment(seed: string): Promise<string> {
  return hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", text.encode(seed))));
}

export class Seed {
  private constructor(private readonly key: CryptoKey) {}

  static async of(seed: string): Promise<Seed> {
    const kind = { name: "HMAC", hash: "SHA-256" };
    return new Seed(await crypto.subtle.importKey("raw", text.encode(seed), kind, false, ["sign"]));
  }

  private async digest(...about: unknown[]): Promise<Uint8Array> {
    return new Uint8Array(await crypto.subtle.sign("HMAC", this.key, text.encode(about.join("|"))));
  }

  async draw(outcomes: Outcome[], ...about: unknown[]): Promise<string | undefined> {
    const whole = outcomes.reduce((sum, one) => sum + BigInt(one.weight), 0n);
    let at = number(await this.digest("draw", ...about)) % whole;
    return outcomes.find((one) => (at -= BigInt(one.weight)) < 0n)?.name;
  }

  /** What each of so many winners weighs; a digest has those of eight. */
  async weights(about: string, count: number): Promise<bigint[]> {
    const found: bigint[] = [];
    for (let block = 0; found.length < count; block++) {
      const view = new DataView((await this.digest("split", about, block)).buffer as ArrayBuffer);
      for (let word = 0; word < 8 && found.length < count; word++) found.push(BigInt(view.getUint32(word * 4)) + 1n);
    }
    return found;
  }
}

/** How many draws are not what the seed says, or not numbered in a row. */
export async function wrongDraws(seed: Seed, campaign: string, rules: Outcome[][], draws: Drawn[]): Promise<number> {
  const last = new Map<string, number>();
  let wrong = 0;
  for (const one of draws) {
    const got = await seed.draw(rules[0], campaign, one.who, one.number);
    if (got !== one.got || one.number !== (last.get(one.who) ?? 0) + 1) wrong++;
    last.set(one.who, one.number);
  }
  return wrong;
}

export interface Shared {
  wrong: number; // shares that are not what they should be
  whole: boolean; // whether they come to what there was, and nobody has two
}

/** Split the pool again among those who are told. */
export async function wrongShares(seed: Seed, split: Split): Promise<Shared> {
  const shares = split.shares as { who: string; amount: string }[];
  const equal = split.rule === "equal";
  const weights = equal ? shares.map(() => 1n) : await seed.weights(split.campaign_id, shares.length);
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const least = equal ? 0n : fen(split.least);
  const rest = fen(split.total) - least * BigInt(shares.length);
  let before = 0n;
  let given = 0n;
  let sum = 0n;
  let wrong = 0;
  shares.forEach((share, at) => {
    before += weights[at];
    const now = (rest * before) / whole;
    if (fen(share.amount) !== least + now - given) wrong++;
    given = now;
    sum += fen(share.amount);
  });
  const once = new Set(shares.map((share) => share.who)).size === shares.length;
  return { wrong, whole: once && shares.length === split.count && (sum === fen(split.total) || !shares.length) };
}
