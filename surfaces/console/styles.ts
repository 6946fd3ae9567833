// For the build: antd writes its styles while it runs. The page's policy forbids <style> elements made by scripts, so
// what would make them is replaced by what fills style sheets of the document itself (sheets.ts), which it allows.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const OURS = fileURLToPath(new URL("./sheets.ts", import.meta.url));
const THEIRS = /@rc-component[\\/]util[\\/]es[\\/]Dom[\\/]dynamicCSS(\.js)?$/;
// Places in libraries that would break the policy, and what stands there instead.
const CHANGES = [
  {
    file: /style-mod[\\/]src[\\/]style-mod\.js$/, // the editor's
    theirs: "!root.head && root.adoptedStyleSheets",
    ours: "root.adoptedStyleSheets",
  },
  {
    file: /@rc-component[\\/]input[\\/]es[\\/]calculateNodeHeight\.js$/, // of fields that grow with their text
    theirs: "hiddenTextarea.setAttribute('style', `${sizingStyle};${HIDDEN_TEXTAREA_STYLE}`)",
    ours: "hiddenTextarea.style.cssText = `${sizingStyle};${HIDDEN_TEXTAREA_STYLE}`",
  },
];

export function sheetsInsteadOfElements(): Plugin {
  return {
    name: "sheets-instead-of-elements",
    enforce: "pre",
    async resolveId(source, importer, options) {
      if (!source.includes("dynamicCSS") || importer === OURS) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found && THEIRS.test(found.id) ? OURS : null;
    },
    transform(code, id) {
      const change = CHANGES.find(({ file }) => file.test(id));
      if (!change) return null;
      if (!code.includes(change.theirs))
        this.error("this library has changed: see how it styles now, and CHANGES in styles.ts");
      return { code: code.replace(change.theirs, () => change.ours), map: null };
    },
  };
}
