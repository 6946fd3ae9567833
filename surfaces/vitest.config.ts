import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { SURFACE: JSON.stringify("wallet") },
  test: { include: ["**/*.test.{ts,tsx}"], environment: "node", setupFiles: ["fake-indexeddb/auto"] },
});
