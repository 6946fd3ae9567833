// The wallet's beginning.
import "antd-mobile/es/global";
import "../kit/look.css";
import "./shell/shell.css";
import { start } from "../kit";
import { App } from "./shell/App";

void start(<App />);
