// All that pages need of the platform.
export { askAgain, useAct, useAsk, type Acting, type Asked } from "./ask";
export { call, exchange, type As, type Exchanged } from "./client";
export { download } from "./download";
export { day, moment, yuan } from "./format";
export { live, useLive, type Happened } from "./live";
export type { Answer, Ask, MethodName } from "./methods";
export { Picture } from "./Picture";
export { Empty, ErrorBoundary, Problem } from "./Problem";
export { Refusal } from "./refusal";
export { facts, renewApps, signIn, signOut, useSession, type Facts, type OwnApp, type Session } from "./session";
export { start } from "./start";
export { setTheme, useTheme, type Theme } from "./theme";
export { defineWords, languageNow, setLanguage, useLanguage, type Language, type Words } from "./words";
