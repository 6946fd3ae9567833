import { defineConfig } from "vite";
import { surface } from "../surface.ts";

export default defineConfig(surface("console"));
