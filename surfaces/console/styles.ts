// For the build: antd writes its styles while it runs. The page's policy forbids <style> elements made by scripts, so
// what would make them is replaced by what fills style sheets of the document itself (sheets.ts), which it allows.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const OURS = fileURLToPath(new URL("./sheets.ts", import.meta.url));
const THEIRS = /@rc-component[\\/]util[\\/]es[\\/]Dom[\\/]dynamicCSS(\.js)?$/;
const EDITOR = /style-mod[\\/]src[\\/]style-mod\.js$/;

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
      if (!EDITOR.test(id)) return null;
      const changed = code.replace("!root.head && root.adoptedStyleSheets", "root.adoptedStyleSheets");
      if (changed === code) this.error("style-mod has changed: see how it chooses between sheets and elements");
      return { code: changed, map: null };
    },
  };
}
