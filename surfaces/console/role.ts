// What a role's folder gives to the shell.
import type { ComponentType, LazyExoticComponent, ReactNode } from "react";
import type { Said } from "../kit/words";

export interface Page {
  path: string; // below the role, such as "orders/:trade_no"; its parameters become props of the view
  title: Said;
  icon?: ReactNode; // without one it does not stand in the menu
  group?: Said; // pages of one group stand together in the menu
  under?: string; // the path of the page above it, for the breadcrumbs
  alone?: boolean; // whether it is for those, too, who have no application yet
  view: LazyExoticComponent<ComponentType<any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface Role {
  key: "merchant" | "provider" | "operator" | "developer"; // the first part of the hash
  title: Said;
  icon: ReactNode;
  pages: Page[];
}
