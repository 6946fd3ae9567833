// Stands in for @rc-component/util/es/Dom/dynamicCSS: the same four functions, with style sheets of the document
// instead of <style> elements. They are kept by priority, as there, before all that was not asked to be prepended.

interface Options {
  attachTo?: Element | ShadowRoot | null;
  prepend?: boolean | "queue";
  priority?: number;
}

interface Kept {
  sheet: CSSStyleSheet;
  css: string;
  rank: number;
  handle: HTMLStyleElement; // never in the document: callers mark it
}

const kept = new Map<Document | ShadowRoot, Map<string, Kept>>();
let unnamed = 0;

function rootOf({ attachTo }: Options): Document | ShadowRoot {
  const root = attachTo?.getRootNode();
  return root instanceof ShadowRoot ? root : document;
}

function sheetsOf(root: Document | ShadowRoot): Map<string, Kept> {
  const found = kept.get(root) ?? new Map<string, Kept>();
  kept.set(root, found);
  return found;
}

/** What is prepended comes first, lower priorities before higher ones. */
const rankOf = ({ prepend, priority = 0 }: Options): number => (prepend ? priority : Number.MAX_SAFE_INTEGER);

export function updateCSS(css: string, key: string, options: Options = {}): HTMLStyleElement {
  const root = rootOf(options);
  const sheets = sheetsOf(root);
  const known = sheets.get(key);
  if (known) {
    if (known.css !== css) known.sheet.replaceSync(css);
    known.css = css;
    return known.handle;
  }
  const one = { sheet: new CSSStyleSheet(), css, rank: rankOf(options), handle: document.createElement("style") };
  one.sheet.replaceSync(css);
  sheets.set(key, one);
  adopt(root, one);
  return one.handle;
}

function adopt(root: Document | ShadowRoot, one: Kept): void {
  const ours = [...sheetsOf(root).values()].filter((each) => each !== one);
  const after = new Set(ours.filter((each) => each.rank > one.rank).map((each) => each.sheet));
  const all = [...root.adoptedStyleSheets];
  const place = all.findIndex((sheet) => after.has(sheet));
  all.splice(place < 0 ? all.length : place, 0, one.sheet);
  root.adoptedStyleSheets = all;
}

export function injectCSS(css: string, options: Options = {}): HTMLStyleElement {
  return updateCSS(css, `unnamed ${++unnamed}`, options);
}

export function removeCSS(key: string, options: Options = {}): void {
  const root = rootOf(options);
  const gone = sheetsOf(root).get(key);
  if (!gone) return;
  sheetsOf(root).delete(key);
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== gone.sheet);
}

export function clearContainerCache(): void {}
