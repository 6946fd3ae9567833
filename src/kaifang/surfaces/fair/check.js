"use strict";
// Draws everything again with the seed, as kaifang/kernel/fair.py says it, and holds it against what was published.

const text = new TextEncoder();
const place = document.getElementById("check");
const say = (good, what) => {
  const line = document.createElement("li");
  line.textContent = (good ? "✓ " : "✗ ") + what;
  line.dataset.good = good;
  document.getElementById("said").append(line);
};
const filled = (name, told) => place.dataset[name].replace(/\{(\w+)\}/g, (_, key) => told[key]);
const number = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const hexadecimal = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const fen = (yuan) => BigInt(yuan.replace(".", ""));

async function all(what) {
  let told = null;
  for (let after = ""; after !== undefined; ) {
    const page = await (await fetch(`${place.dataset.path}/${what}?after=${encodeURIComponent(after)}`)).json();
    told = told === null ? page : { ...told, [what]: told[what].concat(page[what] || []) };
    after = page.more;
  }
  return told;
}

class Seed {
  static async of(seed) {
    const made = new Seed();
    const kind = { name: "HMAC", hash: "SHA-256" };
    made.key = await crypto.subtle.importKey("raw", text.encode(seed), kind, false, ["sign"]);
    return made;
  }

  async digest(...about) {
    return new Uint8Array(await crypto.subtle.sign("HMAC", this.key, text.encode(about.join("|"))));
  }

  async below(limit, ...about) {
    return number(await this.digest(...about)) % BigInt(limit);
  }

  async amount(outcome, ...about) {
    const low = BigInt(outcome.low || 0);
    return low + (await this.below(BigInt(outcome.high || 0) - low + 1n, "amount", ...about));
  }

  async draw(outcomes, ...about) {
    let at = await this.below(outcomes.reduce((sum, one) => sum + BigInt(one.weight), 0n), "draw", ...about);
    return outcomes.find((one) => (at -= BigInt(one.weight)) < 0n);
  }

  async weights(about, count) {
    const found = [];
    for (let block = 0; found.length < count; block++) {
      const view = new DataView((await this.digest("split", about, block)).buffer);
      for (let word = 0; word < 8 && found.length < count; word++) found.push(BigInt(view.getUint32(word * 4)) + 1n);
    }
    return found;
  }
}

async function holds(seed, told, one) {
  const about = [told.campaign_id, one.who, one.number];
  const rule = told.rules[one.rule || 0];
  let outcome = await seed.draw(rule, ...about);
  if (one.asked && outcome.name === "cash") return one.got === "cash" && fen(one.amount) === fen(one.asked);
  if (one.asked && outcome.name) outcome = rule.find((other) => other.name === one.asked) || { name: one.asked };
  if (outcome.name !== one.got) return false;
  return one.gone || fen(one.amount || "0.00") === (await seed.amount(outcome, ...about));
}

async function checkDraws(seed, told) {
  let wrong = 0;
  const last = new Map();
  for (const one of told.draws) {
    if (!(await holds(seed, told, one)) || one.number !== (last.get(one.who) || 0) + 1) wrong++;
    last.set(one.who, one.number);
  }
  say(wrong === 0, filled("draws", { count: told.draws.length, wrong }));
}

async function checkShares(seed) {
  const split = await all("shares");
  const count = split.shares.length;
  const total = fen(split.total), least = split.rule === "equal" ? 0n : fen(split.least);
  const weights = split.rule === "equal" ? Array(count).fill(1n) : await seed.weights(place.dataset.campaign, count);
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const rest = total - least * BigInt(count);
  let before = 0n, given = 0n, sum = 0n, wrong = 0;
  split.shares.forEach((share, at) => {
    before += weights[at];
    const now = (rest * before) / whole;
    if (fen(share.amount) !== least + now - given) wrong++;
    sum += fen(share.amount);
    given = now;
  });
  const twice = count - new Set(split.shares.map((share) => share.who)).size;
  say(wrong + twice === 0 && count === split.count, filled("shares", { count, wrong, twice }));
  if (count) say(sum === total, filled("sum", { total: split.total }));
}

async function check() {
  document.getElementById("said").replaceChildren();
  const told = await all("draws");
  if (!told.seed) return say(false, place.dataset.secret);
  const same = hexadecimal(new Uint8Array(await crypto.subtle.digest("SHA-256", text.encode(told.seed))));
  say(same === told.commitment, place.dataset.promise);
  const seed = await Seed.of(told.seed);
  await checkDraws(seed, told);
  if (told.pool) await checkShares(seed);
  place.dataset.done = "yes";
}

document.getElementById("run").addEventListener("click", () => check().catch((problem) => say(false, String(problem))));
