// The provider's recipes: published ones, drafts, and those that ship with the platform.
import { EditOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { defineWords, moment, useLanguage } from "../../../kit";
import { Act, Asked, DerivedList, Go, Part, Sheet, useAppAsk } from "../../shared";

const useWords = defineWords({
  title: { zh: "解决方案", en: "Recipes" },
  lead: {
    zh: "把平台的接口组合成方案，商家一键安装：先写草稿，在副本上试运行，再发布。",
    en:
      "Compose the platform's methods for an industry: write a draft, try it on a " +
      "twin, publish; merchants install it at once.",
  },
  write: { zh: "写方案", en: "Write a recipe" },
  published: { zh: "已发布", en: "Published" },
  none: {
    zh: "还没有发布。写一个，或从下面随平台提供的方案开始。",
    en: "None yet. Write one, or begin with one that ships, below.",
  },
  drafts: { zh: "草稿", en: "Drafts" },
  noDrafts: { zh: "没有草稿。", en: "No drafts." },
  saved: { zh: "{when} 保存", en: "saved {when}" },
  shipped: { zh: "随平台提供", en: "What ships" },
  shippedLead: { zh: "可以原样发布，归您名下。", en: "You may publish these as they are, in your name." },
});

const CHANGES = ["kaifang.recipe."];

export default function Recipes() {
  const w = useWords();
  const language = useLanguage();
  const extra = (
    <Button type="primary" icon={<EditOutlined />} href="#/provider/recipes/draft/new_recipe">
      {w.write}
    </Button>
  );
  return (
    <Sheet title={w.title} lead={w.lead} extra={extra}>
      <Part title={w.published}>
        <DerivedList
          method="kaifang.recipe.mine"
          id="recipe"
          to={(row) => `provider/recipes/${row.recipe}`}
          order={["title", "recipe"]}
          shows={["title", "recipe", "industry", "versions", "installed"]}
          columns={{
            title: { render: (title: { zh: string; en: string }) => title[language] },
            about: { render: (about: { zh: string; en: string }) => about[language] },
            versions: { render: (versions: { version: string }[]) => versions.map((one) => one.version).join(", ") },
          }}
          empty={w.none}
        />
      </Part>
      <div className="c-columns">
        <Drafts />
        <Shipped />
      </div>
    </Sheet>
  );
}

function Drafts() {
  const w = useWords();
  const asked = useAppAsk("kaifang.recipe.draft.list", {});
  return (
    <Part title={w.drafts}>
      <Asked of={asked} empty={w.noDrafts} none={({ drafts }) => drafts.length === 0}>
        {({ drafts }) => (
          <ul className="c-devices">
            {drafts.map(({ draft, saved }) => (
              <li key={draft}>
                <div>
                  <Go to={`provider/recipes/draft/${draft}`}>{draft}</Go>
                  <div className="c-quiet c-small">{w("saved", { when: moment(saved) })}</div>
                </div>
                <Act
                  method="kaifang.recipe.draft.save"
                  ask={{ draft, text: "" }}
                  label={{ zh: "丢弃", en: "Throw away" }}
                  size="small"
                  danger
                  changes={CHANGES}
                />
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Part>
  );
}

function Shipped() {
  const w = useWords();
  const asked = useAppAsk("kaifang.recipe.list", { page_size: 1 });
  return (
    <Part title={w.shipped}>
      <p className="c-quiet">{w.shippedLead}</p>
      <Asked of={asked}>
        {({ shipped }) => (
          <ul className="c-devices">
            {shipped.map((name) => (
              <li key={name}>
                <span className="c-number">{name}</span>
                <Act
                  method="kaifang.recipe.publish"
                  ask={{ shipped: name }}
                  label={{ zh: "发布", en: "Publish" }}
                  size="small"
                  changes={CHANGES}
                />
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Part>
  );
}
