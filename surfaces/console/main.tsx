// The console's beginning.
import "../kit/look.css";
import { start } from "../kit";

void start(<main>Kaifang 开放</main>);
