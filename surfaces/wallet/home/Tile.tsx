// One application of the grid: a page of the wallet, or a mini-program.
import { useLanguage } from "../../kit";
import { Mark } from "../shell/Mark";
import type { TileOf } from "./tiles";

export function Tile({ tile }: { tile: TileOf }) {
  const language = useLanguage();
  if (!tile.own) {
    return (
      <>
        <Mark name={tile.name} id={tile.id} />
        <span>{tile.name}</span>
      </>
    );
  }
  return (
    <>
      <span className="tile-icon">
        <tile.own.Icon aria-hidden />
      </span>
      <span>{tile.own.said[language]}</span>
    </>
  );
}
