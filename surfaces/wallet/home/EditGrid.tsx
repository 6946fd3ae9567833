// Laying out the grid: by dragging, by the keyboard (space, arrows, space), or by the buttons of each tile.
import "./home.css";
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
} from "@dnd-kit/core";
import {
  arrayMove,
  rectSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button } from "antd-mobile";
import { AddCircleOutline, MinusCircleOutline } from "antd-mobile-icons";
import { useState } from "react";
import { defineWords, Problem, useAct, useAsk, useLanguage, type Answer } from "../../kit";
import { leave, Page } from "../shell/Page";
import { Waiting } from "../shell/Waiting";
import { Tile } from "./Tile";
import { nameOf, others, tiles, type TileOf } from "./tiles";

const useWords = defineWords({
  title: { zh: "编辑应用", en: "Edit the grid" },
  shown: { zh: "首页应用", en: "On the home page" },
  more: { zh: "更多应用", en: "More" },
  how: {
    zh: "拖动排序；键盘：空格拿起，方向键移动，空格放下。",
    en: "Drag to sort. By keyboard: space to pick up, arrows to move, space to drop.",
  },
  add: { zh: "添加", en: "Add " },
  remove: { zh: "移除{name}", en: "Remove {name}" },
  drag: { zh: "移动", en: "Move " },
  save: { zh: "完成", en: "Done" },
  all: { zh: "全部应用都已在首页", en: "Everything is on the home page" },
  moved: { zh: "{name}，第{at}位", en: "{name}, at place {at}" },
  dropped: { zh: "{name}放在第{at}位", en: "{name} dropped at place {at}" },
  lifted: { zh: "拿起{name}", en: "{name} picked up" },
  back: { zh: "{name}放回原处", en: "{name} put back" },
});

const MOST = 30;

type Mine = Answer<"kaifang.service.app.mine">;

export default function EditGrid() {
  const w = useWords();
  const { data, problem, again } = useAsk("kaifang.service.app.mine", {}, { keep: 60_000 });
  return (
    <Page title={w.title}>
      {problem ? <Problem problem={problem} again={again} /> : data ? <Editor mine={data} /> : <Waiting />}
    </Page>
  );
}

function Editor({ mine }: { mine: Mine }) {
  const w = useWords();
  const [laid, setLaid] = useState(() => tiles(mine));
  const { act, acting, problem } = useAct("kaifang.service.grid.set", { changes: ["kaifang.service.app.mine"] });
  const ids = laid.map((one) => one.id);
  const rest = others(mine, ids);
  const save = async () => {
    if (await act({ app_ids: ids })) leave("/");
  };
  return (
    <>
      <section className="box">
        <h2>{w.shown}</h2>
        <p className="quiet">{w.how}</p>
        <Sorted laid={laid} setLaid={setLaid} />
      </section>
      <section className="box">
        <h2>{w.more}</h2>
        {!rest.length && <p className="quiet">{w.all}</p>}
        <ul className="apps">
          {rest.map((tile) => (
            <li key={tile.id}>
              <button
                type="button"
                className="tile"
                disabled={laid.length >= MOST}
                onClick={() => setLaid([...laid, tile])}
              >
                <span className="k-unseen">{w.add}</span>
                <Tile tile={tile} />
                <AddCircleOutline className="tile-badge" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      </section>
      {problem && <Problem problem={problem} />}
      <Button block color="primary" size="large" loading={acting} onClick={() => void save()}>
        {w.save}
      </Button>
    </>
  );
}

function Sorted({ laid, setLaid }: { laid: TileOf[]; setLaid: (laid: TileOf[]) => void }) {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = laid.map((one) => one.id);
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id) {
      setLaid(arrayMove(laid, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))));
    }
  };
  const announcements = useAnnouncements(laid);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements, screenReaderInstructions: { draggable: useWords().how } }}
    >
      <SortableContext items={ids} strategy={rectSortingStrategy}>
        <ul className="apps">
          {laid.map((tile) => (
            <Movable key={tile.id} tile={tile} remove={() => setLaid(laid.filter((one) => one !== tile))} />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function Movable({ tile, remove }: { tile: TileOf; remove: () => void }) {
  const w = useWords();
  const name = nameOf(tile, useLanguage());
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id: tile.id });
  const style = { transform: CSS.Translate.toString(transform), transition };
  return (
    <li ref={setNodeRef} style={style} className={isDragging ? "moving" : ""}>
      <div className="tile movable" {...attributes} {...listeners}>
        <span className="k-unseen">{w.drag}</span>
        <Tile tile={tile} />
      </div>
      <button type="button" className="tile-remove" aria-label={w("remove", { name })} onClick={remove}>
        <MinusCircleOutline aria-hidden />
      </button>
    </li>
  );
}

/** What a screen reader says while a tile is moved. */
function useAnnouncements(laid: TileOf[]): Announcements {
  const w = useWords();
  const language = useLanguage();
  const at = (id: string | number | undefined) => laid.findIndex((one) => one.id === id);
  const told = (id: string | number, place?: string | number) => ({
    name: nameOf(laid[at(id)]!, language),
    at: at(place ?? id) + 1,
  });
  return {
    onDragStart: ({ active }) => w("lifted", told(active.id)),
    onDragOver: ({ active, over }) => (over ? w("moved", told(active.id, over.id)) : undefined),
    onDragEnd: ({ active, over }) => w("dropped", told(active.id, over?.id)),
    onDragCancel: ({ active }) => w("back", told(active.id)),
  };
}
