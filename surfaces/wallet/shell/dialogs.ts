// Dialogs and toasts that are opened by a call: antd-mobile 5 has to be told how React 19 draws.
import { unstableSetRender } from "antd-mobile";
import { createRoot, type Root } from "react-dom/client";

const roots = new WeakMap<Element | DocumentFragment, Root>();

unstableSetRender((node, container) => {
  const root = roots.get(container) ?? createRoot(container);
  roots.set(container, root);
  root.render(node);
  return async () => {
    await Promise.resolve(); // not while React is drawing
    root.unmount();
    roots.delete(container);
  };
});
