import { defineConfig, mergeConfig } from "vite";
import { surface } from "../surface.ts";
import { sheetsInsteadOfElements } from "./styles.ts";

export default defineConfig(mergeConfig(surface("console"), { plugins: [sheetsInsteadOfElements()] }));
