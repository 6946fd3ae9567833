// What may stand where one writes in a recipe: by the lines around, and the schema of recipes.

export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  type?: string;
  description?: string;
}

export interface Option {
  label: string;
  note?: string;
}

interface Line {
  indent: number; // blanks before anything
  column: number; // where the name begins, behind dashes
  name?: string;
  dashes: number;
}

const LINE = /^(\s*)((?:- +)*)(?:"?([\w.]+)"?\s*:(?=\s|$))?/;

function read(text: string): Line {
  const [, blanks = "", dashes = "", name] = LINE.exec(text) ?? [];
  return { indent: blanks.length, column: blanks.length + dashes.length, name, dashes: dashes.split("-").length - 1 };
}

/** The names that lead to the line one writes on; [] for an item of a list. */
export function pathOf(lines: string[], row: number): string[] {
  const here = read(lines[row]!);
  const path: string[] = [];
  let { column } = here;
  let beside = false; // a list may stand as far left as its name
  if (here.dashes) {
    path.unshift("[]");
    column = here.indent;
    beside = true;
  }
  for (let at = row - 1; at >= 0; at--) {
    const text = lines[at]!;
    if (!text.trim() || text.trim().startsWith("#")) continue;
    const line = read(text);
    const within = line.dashes > 0 && line.column === column && !beside;
    const above = line.name && (line.column < column || (beside && line.column === column && !line.dashes));
    if (!within && !above) continue;
    if (above) path.unshift(line.name!);
    if (line.dashes) path.unshift("[]");
    column = line.dashes ? line.indent : line.column;
    beside = line.dashes > 0;
  }
  return path;
}

/** The schema at a path; undefined where it says nothing. */
export function schemaAt(root: Schema, path: string[]): Schema | undefined {
  let found: Schema | undefined = whole(root, root);
  for (const step of path) {
    if (!found) return undefined;
    const more: Schema | boolean | undefined = found.additionalProperties;
    const next: Schema | undefined =
      step === "[]" ? found.items : (found.properties?.[step] ?? (typeof more === "object" ? more : undefined));
    found = next && whole(next, root);
  }
  return found;
}

function whole(schema: Schema, root: Schema): Schema {
  if (schema.$ref) return { ...whole(root.$defs![schema.$ref.split("/").at(-1)!]!, root), ...note(schema) };
  const some = schema.anyOf?.filter((one) => one.type !== "null");
  return some?.length === 1 ? { ...whole(some[0]!, root), ...note(schema) } : schema;
}

const note = ({ description }: Schema): Schema => (description ? { description } : {});

/** What may be written at the end of `before`, the text up to where one is; `known` has values by their name. */
export function options(root: Schema, before: string, known: Record<string, string[]> = {}): Option[] {
  const lines = before.split("\n");
  const row = lines.length - 1;
  const { name } = read(lines[row]!);
  const path = pathOf(lines, row);
  if (name) return values(schemaAt(root, [...path, name]), known[name]);
  const around = path.at(-1) === "[]" ? path.at(-2) : undefined;
  const schema = schemaAt(root, path);
  if (around && known[around] && !schema?.properties) return values(schema, known[around]);
  return Object.entries(schema?.properties ?? {}).map(([label, one]) => ({ label, note: one.description }));
}

function values(schema: Schema | undefined, known: string[] = []): Option[] {
  const said = schema?.enum?.map(String) ?? (schema?.type === "boolean" ? ["true", "false"] : []);
  return [...said, ...known].map((label) => ({ label }));
}
