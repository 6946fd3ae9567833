// What a folder of pages tells the shell: their addresses, and where each page is loaded from when it is first opened.
import type { ComponentType } from "react";

export interface Route {
  path: string; // as wouter reads it: "/money/bills/:id"
  page: () => Promise<{ default: ComponentType<{ params: Record<string, string> }> }>;
  open?: boolean; // shown to whoever is not signed in, too
}

export type Routes = Route[];

const folders = import.meta.glob<{ default: Routes }>("./*/routes.ts", { eager: true });

export const routes: Routes = Object.values(folders).flatMap((folder) => folder.default);
