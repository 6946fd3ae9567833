// The console's beginning.
import "../kit/look.css";
import "./look.css";
import { Suspense } from "react";
import { start } from "../kit";
import { Console } from "./shell/Console";

void start(
  <Suspense>
    <Console />
  </Suspense>,
);
