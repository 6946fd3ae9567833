// How both surfaces are built: into the Python package, with relative addresses, so that any path can serve them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

type Endpoint = [method: string, verb: string, path: string, codes: string];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The official v3 addresses that do not follow from a method's name, out of the gateway's own catalogue. */
function addresses(): Record<string, string> {
  const catalogue = JSON.parse(readFileSync(here("../src/kaifang/catalogue/v3.json"), "utf8"));
  const told = (catalogue.endpoints as Endpoint[]).map(([method, verb, path]) => [method, `${verb} ${path}`]);
  return Object.fromEntries(told.filter(([name, address]) => address !== `POST /v3/${name.replaceAll(".", "/")}`));
}

/** What stands in the pages as constants. */
export const known = (name: "wallet" | "console") => ({
  SURFACE: JSON.stringify(name),
  ADDRESSES: JSON.stringify(addresses()),
});

export function surface(name: "wallet" | "console"): UserConfig {
  return {
    root: here(`./${name}`),
    base: "./",
    plugins: [react()],
    define: known(name),
    build: {
      outDir: here(`../src/kaifang/surfaces/built/${name}`),
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1200,
      reportCompressedSize: false,
    },
  };
}
