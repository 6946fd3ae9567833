import { defineConfig } from "vitest/config";
import { known } from "./surface.ts";

export default defineConfig({
  define: known("wallet"),
  test: { include: ["**/*.test.{ts,tsx}"], environment: "node", setupFiles: ["fake-indexeddb/auto"] },
});
