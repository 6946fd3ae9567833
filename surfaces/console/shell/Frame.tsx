// Around every page: the sections and their menus, as which app one acts, where one is, and the person's own menu.
import { MenuOutlined } from "@ant-design/icons";
import { Button, Drawer, Grid } from "antd";
import { Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { defineWords, ErrorBoundary, useLanguage } from "../../kit";
import { useAppIfAny, useAppLive } from "../shared/app";
import { AppChoice } from "./AppChoice";
import { Crumbs } from "./Crumbs";
import { Me } from "./Me";
import { placeAt, rolesFor } from "./places";
import { Preferences } from "./Preferences";
import { Sections } from "./Sections";
import { NoApp } from "./NoApp";
import { Waiting } from "./Waiting";

const useWords = defineWords({
  menu: { zh: "菜单", en: "Menu" },
  skip: { zh: "跳到内容", en: "Skip to content" },
});

export function Frame() {
  const w = useWords();
  const language = useLanguage();
  const [location, go] = useLocation();
  const app = useAppIfAny();
  useAppLive([], () => {}); // the line stays open from page to page
  const roles = rolesFor(app?.role);
  const place = placeAt(location, roles);
  const wide = Grid.useBreakpoint().lg ?? true;
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [location]);
  useEffect(() => {
    if (!place) go(`/${roles[0]!.key}`, { replace: true });
  }, [place, roles]); // eslint-disable-line react-hooks/exhaustive-deps
  useEffect(() => {
    if (place) document.title = `${place.page.title[language]} · Kaifang 开放`;
  }, [place, language]);
  if (!place) return <Waiting />;
  const View = place.page.view;
  const menu = <Sections roles={roles} place={place} />;
  return (
    <div className="c-frame">
      <a
        className="c-skip"
        href="#content"
        onClick={(event) => (event.preventDefault(), document.getElementById("content")?.focus())}
      >
        {w.skip}
      </a>
      <header className="c-bar">
        {!wide && (
          <Button
            type="text"
            icon={<MenuOutlined />}
            aria-label={w.menu}
            aria-expanded={open}
            onClick={() => setOpen(true)}
          />
        )}
        <a className="c-brand" href="#/">
          Kaifang 开放
        </a>
        <div className="c-bar-right">
          <AppChoice />
          {wide && <Preferences />}
          <Me />
        </div>
      </header>
      {wide ? (
        <nav className="c-side" aria-label={w.menu}>
          {menu}
        </nav>
      ) : (
        <Drawer
          open={open}
          onClose={() => setOpen(false)}
          placement="left"
          size={280}
          title={w.menu}
          footer={<Preferences />}
        >
          <nav aria-label={w.menu}>{menu}</nav>
        </Drawer>
      )}
      <main id="content" tabIndex={-1}>
        <Crumbs place={place} />
        <Suspense fallback={<Waiting />}>
          <ErrorBoundary key={`${location} ${app?.app_id}`}>
            {app || place.page.alone ? <View {...place.parameters} /> : <NoApp />}
          </ErrorBoundary>
        </Suspense>
      </main>
    </div>
  );
}
