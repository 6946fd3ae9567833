// As which app one acts.
import { AppstoreOutlined } from "@ant-design/icons";
import { Select } from "antd";
import { defineWords, useLanguage, useSession } from "../../kit";
import { chooseApp, usableApps, useAppIfAny } from "../shared/app";
import { termOf } from "../shared/titles";

const useWords = defineWords({
  as: { zh: "以此应用的身份操作", en: "Act as this application" },
});

export function AppChoice() {
  const w = useWords();
  const language = useLanguage();
  const apps = usableApps(useSession()?.apps ?? []);
  const app = useAppIfAny();
  if (!app) return null;
  const options = apps.map((one) => ({
    value: one.app_id,
    label: `${one.name} · ${termOf(one.role)[language]}`,
    title: one.app_id,
  }));
  return (
    <Select
      className="c-appchoice"
      aria-label={w.as}
      prefix={<AppstoreOutlined />}
      popupMatchSelectWidth={false}
      options={options}
      value={app.app_id}
      onChange={chooseApp}
      showSearch={apps.length > 8}
      optionFilterProp="label"
    />
  );
}
