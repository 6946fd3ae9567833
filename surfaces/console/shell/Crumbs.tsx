// Where one is, and the way back up.
import { Breadcrumb } from "antd";
import { useLanguage } from "../../kit";
import { Go } from "../shared/go";
import type { Place } from "./places";

export function Crumbs({ place: { role, page, parameters } }: { place: Place }) {
  const language = useLanguage();
  const above = role.pages.find((one) => one.path === page.under);
  const items = [
    { key: "role", title: <Go to={role.key}>{role.title[language]}</Go> },
    ...(above ? [{ key: "above", title: <Go to={`${role.key}/${above.path}`}>{above.title[language]}</Go> }] : []),
    { key: "page", title: [page.title[language], ...Object.values(parameters)].join(" ") },
  ];
  return <Breadcrumb className="c-crumbs" items={page.path === "" ? items.slice(0, 1) : items} />;
}
