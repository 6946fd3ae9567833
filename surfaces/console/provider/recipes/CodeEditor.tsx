// The editor of recipes: YAML, completed by the schema and checked by the platform as one types.
import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { linter, lintGutter, type Diagnostic } from "@codemirror/lint";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "react";
import { useTheme } from "../../../kit";
import { options, type Schema } from "./complete";

export interface Wrong {
  line: number;
  place: string;
  says: string;
}

interface Props {
  text: string; // at first
  schema: Schema;
  known: Record<string, string[]>;
  label: string;
  check: (text: string) => Promise<Wrong[]>;
  onChange: (text: string) => void;
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--main)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--focus)" },
  { tag: tags.comment, color: "var(--quiet)" },
]);
const GROUND = {
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
};
const PAUSE = 500; // milliseconds after the last key before it is checked

export default function CodeEditor({ text, schema, known, label, check, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { dark } = useTheme();
  const latest = useRef(text);
  useEffect(() => {
    const told = EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      latest.current = update.state.doc.toString();
      onChange(latest.current);
    });
    const view = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: latest.current,
        extensions: [
          syntaxHighlighting(COLOURS),
          basicSetup,
          yaml(),
          lintGutter(),
          linter((shown) => found(shown, check), { delay: PAUSE }),
          autocompletion({ override: [(context) => offered(context, schema, known)] }),
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          EditorView.theme(GROUND, { dark }),
          EditorView.lineWrapping,
          told,
        ],
      }),
    });
    return () => view.destroy();
  }, [dark]); // eslint-disable-line react-hooks/exhaustive-deps
  return <div ref={place} className="c-editor" />;
}

async function found(view: EditorView, check: Props["check"]): Promise<Diagnostic[]> {
  const { doc } = view.state;
  const wrong = await check(doc.toString());
  return wrong.map(({ line, says }) => {
    const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
    return { from, to, severity: "error", message: says };
  });
}

function offered(context: CompletionContext, schema: Schema, known: Record<string, string[]>): CompletionResult | null {
  const word = context.matchBefore(/[\w.]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const before = context.state.sliceDoc(0, word.from);
  const names = !/:\s*$/.test(before.slice(before.lastIndexOf("\n") + 1));
  const listed = options(schema, before, known);
  if (!listed.length) return null;
  return {
    from: word.from,
    options: listed.map(({ label, note }) => ({
      label,
      detail: note,
      apply: names && note !== undefined ? `${label}: ` : label,
      type: names ? "property" : "constant",
    })),
  };
}
