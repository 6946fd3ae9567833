// Where the person is, once they ask for what is near; remembered while the wallet is open, and told to nobody else.
import { useState } from "react";
import { defineWords } from "../../kit";

export interface Here {
  longitude: string;
  latitude: string;
}

const words = defineWords({
  refused: {
    zh: "没有得到位置，请在浏览器里允许后再试",
    en: "Your place was not told. Allow it in the browser, and try again.",
  },
});

let known: Here | undefined;

export interface Where {
  here: Here | undefined;
  looking: boolean;
  problem: string;
  look(): void; // ask the browser
  forget(): void;
}

export function useHere(): Where {
  const [here, setHere] = useState(known);
  const [looking, setLooking] = useState(false);
  const [problem, setProblem] = useState("");
  const keep = (next: Here | undefined) => {
    known = next;
    setHere(next);
  };
  const look = () => {
    setLooking(true);
    setProblem("");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLooking(false);
        keep({ longitude: coords.longitude.toFixed(6), latitude: coords.latitude.toFixed(6) });
      },
      () => {
        setLooking(false);
        setProblem(words.now().refused);
      },
      { maximumAge: 60_000, timeout: 10_000 },
    );
  };
  return { here, looking, problem, look, forget: () => keep(undefined) };
}
