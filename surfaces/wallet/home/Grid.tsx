// The grid of the home page, as the person laid it out.
import { MoreOutline } from "antd-mobile-icons";
import { Link } from "wouter";
import { defineWords, useAsk } from "../../kit";
import { Tile } from "./Tile";
import { tiles } from "./tiles";

const useWords = defineWords({
  apps: { zh: "应用", en: "Applications" },
  edit: { zh: "编辑", en: "Edit" },
});

export function Grid() {
  const w = useWords();
  const { data } = useAsk("kaifang.service.app.mine", {}, { keep: 60_000 });
  return (
    <nav className="box" aria-label={w.apps} aria-busy={!data}>
      <ul className="apps">
        {tiles(data).map((tile) => (
          <li key={tile.id}>
            <Link href={tile.path}>
              <Tile tile={tile} />
            </Link>
          </li>
        ))}
        <li>
          <Link href="/grid">
            <span className="tile-icon">
              <MoreOutline aria-hidden />
            </span>
            <span>{w.edit}</span>
          </Link>
        </li>
      </ul>
    </nav>
  );
}
