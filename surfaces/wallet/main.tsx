// The wallet's beginning.
import "antd-mobile/es/global";
import "../kit/look.css";
import "./shell/shell.css";
import { start } from "../kit";
import { routes } from "./routes";
import { App } from "./shell/App";
import "./shell/dialogs";

// the page that is wanted is fetched while the session is read
void routes.find((route) => route.path === (location.hash.slice(1) || "/"))?.page();
void start(<App />);

if ("serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register("./sw.js").catch(() => undefined));
}
