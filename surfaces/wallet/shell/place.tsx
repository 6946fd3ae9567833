// Where a person is: asked of the browser only when they tap, or picked from a list; kept in this browser.
import { Button, Popup, Toast } from "antd-mobile";
import { LocationOutline } from "antd-mobile-icons";
import { useState } from "react";
import { defineWords, useLanguage } from "../../kit";
import { remember, remembered, store } from "../../kit/store";
import { CITIES } from "./cities";

export interface Place {
  longitude: number;
  latitude: number;
  zh: string;
  en: string;
}

const useWords = defineWords({
  choose: { zh: "选择位置", en: "Choose a place" },
  here: { zh: "使用当前位置", en: "Use where I am" },
  why: {
    zh: "位置只用于查找附近，不会保存到平台。",
    en: "Your place is used to find what is near, and is not kept by the platform.",
  },
  refused: { zh: "没有得到位置，请从列表中选择", en: "Your browser did not tell where you are. Pick a city." },
  close: { zh: "关闭", en: "Close" },
});

const MINE = { zh: "当前位置", en: "Where I am" };
const chosen = store<Place | null>(read());

export const usePlace = chosen.use;

function read(): Place | null {
  try {
    return JSON.parse(remembered("place") ?? "null");
  } catch {
    return null;
  }
}

function choose(place: Place): void {
  remember("place", JSON.stringify(place));
  chosen.set(place);
}

/** What methods are asked with; nothing where no place is known. */
export function near(place: Place | null): { longitude?: number; latitude?: number } {
  return place ? { longitude: place.longitude, latitude: place.latitude } : {};
}

/** Shows the place, and opens the choice of another. */
export function PlaceButton() {
  const w = useWords();
  const place = usePlace();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="place" onClick={() => setOpen(true)}>
        <LocationOutline aria-hidden />
        {place ? place[language] : w.choose}
      </button>
      <Popup
        visible={open}
        onClose={() => setOpen(false)}
        onMaskClick={() => setOpen(false)}
        bodyClassName="h-sheet"
        destroyOnClose
      >
        <Choice done={() => setOpen(false)} />
      </Popup>
    </>
  );
}

function Choice({ done }: { done: () => void }) {
  const w = useWords();
  const language = useLanguage();
  const [looking, setLooking] = useState(false);
  const take = (place: Place) => {
    choose(place);
    done();
  };
  const locate = () => {
    setLooking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => take({ ...rounded(coords), ...MINE }),
      () => {
        setLooking(false);
        Toast.show(w.refused);
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  };
  return (
    <div role="dialog" aria-modal="true" aria-label={w.choose}>
      <h2>{w.choose}</h2>
      <Button block color="primary" loading={looking} onClick={locate}>
        {w.here}
      </Button>
      <p className="quiet">{w.why}</p>
      <ul className="cities">
        {CITIES.map((city) => (
          <li key={city.en}>
            <Button size="small" block onClick={() => take(city)}>
              {city[language]}
            </Button>
          </li>
        ))}
      </ul>
      <Button block fill="none" onClick={done}>
        {w.close}
      </Button>
    </div>
  );
}

/** To some ten meters: what is near needs no more. */
function rounded({ longitude, latitude }: { longitude: number; latitude: number }) {
  return { longitude: Math.round(longitude * 10_000) / 10_000, latitude: Math.round(latitude * 10_000) / 10_000 };
}
