import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { surface } from "../surface.ts";

/** The service worker, told which files the first view is made of. */
function worker(): Plugin {
  return {
    name: "worker",
    generateBundle(_, bundle) {
      const files = Object.values(bundle).flatMap((one) =>
        one.type === "chunk" && one.isEntry
          ? [one.fileName, ...one.imports, ...(one.viteMetadata?.importedCss ?? [])]
          : [],
      );
      const shell = JSON.stringify(["./", ...files.map((name) => `./${name}`), "./icon.svg", "./manifest.webmanifest"]);
      const source = readFileSync(new URL("./worker.js", import.meta.url), "utf8");
      this.emitFile({ type: "asset", fileName: "sw.js", source: source.replace("SHELL = []", `SHELL = ${shell}`) });
    },
  };
}

const built = surface("wallet");
const icons = { name: "icons", test: /antd-mobile-icons/ }; // one file of them, not one a picture

export default defineConfig({
  ...built,
  plugins: [...(built.plugins ?? []), worker()],
  build: { ...built.build, rolldownOptions: { output: { codeSplitting: { groups: [icons] } } } },
});
