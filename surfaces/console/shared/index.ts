// All that pages of the console need beside the kit.
export { Act, ActForm } from "./Act";
export { appCall, useApp, useAppAct, useAppAsk, useAppIfAny, useAppLive, type Who } from "./app";
export { Term, Value } from "./cell";
export { Chart } from "./Chart";
export { Code, Copy } from "./Code";
export { csv } from "./csv";
export { Detail, DetailOf } from "./Detail";
export { DerivedForm } from "./form/DerivedForm";
export { Go, useGo } from "./go";
export type { Columns } from "./list/columns";
export { DerivedList, type ListProps } from "./list/DerivedList";
export { useApi, useMethod, type MethodInfo, type Schema } from "./schema";
export { Asked, Figure, Part, Sheet } from "./Sheet";
export { fieldTitle, termOf } from "./titles";
export { Wide } from "./Wide";
