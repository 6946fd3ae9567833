// Search as one types, copying of code, light or dark. Without it the pages are whole: search leads to all methods.
"use strict";
const root = document.documentElement;
const remembered = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
const show = (theme) => { if (theme === "dark" || theme === "light") root.dataset.theme = theme; };
show(remembered());

const button = document.querySelector("[data-theme-button]");
button.hidden = false;
button.addEventListener("click", () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
  show(next);
  try { localStorage.setItem("theme", next); } catch { /* it holds for this page then */ }
});

const main = document.querySelector("main");
for (const block of main.querySelectorAll("pre")) {
  const copy = document.createElement("button");
  Object.assign(copy, { type: "button", className: "copy", textContent: main.dataset.copy });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code").textContent);
    copy.textContent = main.dataset.copied;
    setTimeout(() => { copy.textContent = main.dataset.copy; }, 1500);
  });
  block.append(copy);
}

const form = document.querySelector(".search");
const input = form.querySelector("input");
const hits = document.getElementById("hits");
const chinese = root.lang.startsWith("zh");
let index = null;
let chosen = -1;

async function entries() {
  index ??= fetch(form.dataset.index).then((answer) => answer.json());
  return index;
}

function score([address, name, en, zh], words) {
  let sum = 0;
  const title = name.toLowerCase();
  const rest = `${address} ${en} ${zh}`.toLowerCase();
  for (const word of words) {
    if (title === word) sum += 100;
    else if (title.endsWith(`.${word}`) || title.startsWith(word)) sum += 40;
    else if (title.includes(word)) sum += 20;
    else if (rest.includes(word)) sum += 5;
    else return 0;
  }
  return sum + 8 / title.length + (address.startsWith("guides/") || address.startsWith("capabilities/") ? 10 : 0);
}

function placed(address) {
  const start = form.dataset.root.replace(/index\.html$/, "");
  return `${start}${address}${form.dataset.ending}`;
}

function line([address, name, en, zh], at) {
  const item = document.createElement("li");
  Object.assign(item, { id: `hit${at}` });
  item.setAttribute("role", "option");
  const link = document.createElement("a");
  link.href = placed(address);
  link.tabIndex = -1;
  link.textContent = name;
  const said = document.createElement("small");
  said.textContent = chinese ? zh : en;
  link.append(said);
  item.append(link);
  return item;
}

function choose(at) {
  const items = [...hits.querySelectorAll("[role=option]")];
  chosen = items.length ? (at + items.length) % items.length : -1;
  items.forEach((item, number) => item.setAttribute("aria-selected", String(number === chosen)));
  if (chosen < 0) input.removeAttribute("aria-activedescendant");
  else {
    input.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }
}

function close() {
  hits.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

async function search() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return close();
  const found = (await entries()).map((entry) => [score(entry, words), entry]).filter(([points]) => points > 0);
  found.sort((one, other) => other[0] - one[0]);
  const lines = found.slice(0, 12).map(([, entry], at) => line(entry, at));
  if (!lines.length) {
    const none = document.createElement("li");
    none.setAttribute("role", "option");
    none.setAttribute("aria-disabled", "true");
    const said = document.createElement("p");
    said.textContent = form.dataset.none;
    none.append(said);
    lines.push(none);
  }
  hits.replaceChildren(...lines);
  hits.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(0);
}

input.addEventListener("focus", entries, { once: true });
input.addEventListener("input", search);
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Escape") close();
});
form.addEventListener("submit", (event) => {
  const link = hits.hidden ? null : hits.querySelector("[aria-selected=true] a");
  if (link) {
    event.preventDefault();
    location.href = link.href;
  }
});
document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) {
    event.preventDefault();
    input.focus();
  }
});
