// How both surfaces are built: into the Python package, with relative addresses, so that any path can serve them.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export function surface(name: "wallet" | "console"): UserConfig {
  return {
    root: here(`./${name}`),
    base: "./",
    plugins: [react()],
    define: { SURFACE: JSON.stringify(name) },
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
