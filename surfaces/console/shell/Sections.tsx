// The menu: a section for each role, its pages in groups.
import { Menu, type MenuProps } from "antd";
import { useLanguage } from "../../kit";
import type { Role } from "../role";
import type { Place } from "./places";
import { Go } from "../shared/go";

type Item = Required<MenuProps>["items"][number];

export function Sections({ roles, place }: { roles: Role[]; place: Place }) {
  const language = useLanguage();
  const chosen = place.page.icon ? place.page.path : (place.page.under ?? "");
  const items: Item[] = roles.map((role) => ({
    key: role.key,
    icon: role.icon,
    label: role.title[language],
    children: grouped(role).flatMap(([group, pages]): Item[] => {
      const inside = pages.map((page) => ({
        key: `${role.key}/${page.path}`,
        icon: page.icon,
        label: <Go to={`${role.key}/${page.path}`}>{page.title[language]}</Go>,
      }));
      return group
        ? [{ key: `${role.key} ${group.en}`, type: "group" as const, label: group[language], children: inside }]
        : inside;
    }),
  }));
  return (
    <Menu
      mode="inline"
      items={items}
      selectedKeys={[`${place.role.key}/${chosen}`]}
      defaultOpenKeys={roles.map((role) => role.key)}
    />
  );
}

type Grouped = [Role["pages"][number]["group"], Role["pages"]];

/** Pages that stand in the menu; neighbours of one group together. */
function grouped(role: Role): Grouped[] {
  const groups: Grouped[] = [];
  for (const page of role.pages.filter((one) => one.icon)) {
    const last = groups.at(-1);
    if (last && last[0]?.en === page.group?.en) last[1].push(page);
    else groups.push([page.group, [page]]);
  }
  return groups;
}
