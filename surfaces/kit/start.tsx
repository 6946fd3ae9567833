// How a surface begins: who is signed in, which language, light or dark; then its pages.
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { cache } from "./ask";
import { ErrorBoundary } from "./Problem";
import { resume } from "./session";
import { showTheme } from "./theme";
import { showLanguage } from "./words";

export async function start(pages: ReactNode): Promise<void> {
  showLanguage();
  showTheme();
  await resume();
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <ErrorBoundary>
        <QueryClientProvider client={cache}>{pages}</QueryClientProvider>
      </ErrorBoundary>
    </StrictMode>,
  );
}
