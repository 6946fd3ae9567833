// The wallet: pages by their address, the tab bar below those that are its tabs, and sign-in before what is one's own.
import { ConfigProvider } from "antd-mobile";
import enUS from "antd-mobile/es/locales/en-US";
import zhCN from "antd-mobile/es/locales/zh-CN";
import { lazy, Suspense, useDeferredValue } from "react";
import { Route, Router, Switch, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { defineWords, Empty, ErrorBoundary, useLanguage, useSession } from "../../kit";
import { routes } from "../routes";
import { SignIn } from "./SignIn";
import { Tabs } from "./Tabs";
import { Waiting } from "./Waiting";

const useWords = defineWords({
  nothing: { zh: "没有这个页面", en: "There is no such page" },
  home: { zh: "回到首页", en: "Back to home" },
});

const pages = routes.map(({ path, page, open }) => ({ path, open, Page: lazy(page) }));

/** Where one is, once that page has been fetched: until then the one before stays. */
function useHere(): ReturnType<typeof useHashLocation> {
  const [here, go] = useHashLocation();
  return [useDeferredValue(here), go];
}
useHere.hrefs = (path: string) => `#${path}`;

export function App() {
  const language = useLanguage();
  return (
    <ConfigProvider locale={language === "zh" ? zhCN : enUS}>
      <Router hook={useHere}>
        <Pages />
        <Tabs />
      </Router>
    </ConfigProvider>
  );
}

function Pages() {
  const session = useSession();
  const [here] = useLocation();
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        {pages.map(({ path, open, Page }) => (
          <Route key={path} path={path}>
            {(params) => (
              <ErrorBoundary key={here}>
                {session || open ? <Page params={params as Record<string, string>} /> : <SignIn />}
              </ErrorBoundary>
            )}
          </Route>
        ))}
        <Route>
          <Nowhere />
        </Route>
      </Switch>
    </Suspense>
  );
}

function Nowhere() {
  const w = useWords();
  return (
    <main>
      <Empty action={<a href="#/">{w.home}</a>}>{w.nothing}</Empty>
    </main>
  );
}
