// What the platform says of its own methods: /openapi.json, read once.
import { use } from "react";

export interface Schema {
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  enum?: (string | number)[];
  const?: unknown;
  anyOf?: Schema[];
  $ref?: string;
  default?: unknown;
  examples?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

export interface FaultSaid {
  code: string;
  v3: string;
  status: number;
  zh: string;
  en: string;
  fix: string;
}

export interface MethodInfo {
  name: string;
  verb: string;
  path: string;
  summary: string;
  more: string;
  capability: string;
  who: "anyone" | "user" | "wallet" | "operator";
  reads: boolean;
  page: boolean; // a browser is led away
  once: string[]; // a repeat with the same ones is answered as the first was
  faults: FaultSaid[];
  ask: Schema; // one object: what stands in path, query, body and parts of an upload
  answers: Schema[];
  files: string[]; // the members that are files
}

export interface Api {
  methods: Map<string, MethodInfo>;
  capabilities: { name: string; title: string; zh: string; doc: string }[];
  faults: FaultSaid[]; // those of any method
  schemas: Record<string, Schema>;
}

type Operation = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
type Document = {
  paths: Record<string, Record<string, Operation>>;
  tags: Record<string, string>[];
  components: { schemas: Record<string, Schema> };
  "x-faults": FaultSaid[];
};

let read: Promise<Api> | undefined;

/** The platform's methods; asked for once, and again only after a failure. */
export function api(): Promise<Api> {
  read ??= fetched().catch((problem: unknown) => {
    read = undefined;
    throw problem;
  });
  return read;
}

async function fetched(): Promise<Api> {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`/openapi.json: ${answer.status}`);
  return understood((await answer.json()) as Document);
}

export const useApi = (): Api => use(api());

/** What is known of a method; the page waits for it. */
export function useMethod(name: string): MethodInfo {
  const info = useApi().methods.get(name);
  if (!info) throw new Error(`${name} is not a live method of this platform`);
  return info;
}

export function understood(document: Document): Api {
  const methods = new Map<string, MethodInfo>();
  for (const [path, verbs] of Object.entries(document.paths)) {
    for (const [verb, operation] of Object.entries(verbs)) {
      const info = methodOf(verb, path, operation, document.components.schemas);
      methods.set(info.name, info);
    }
  }
  const capabilities = document.tags.map((tag) => ({
    name: tag.name!,
    title: tag["x-title"] ?? tag.name!,
    zh: tag["x-zh"] ?? tag.name!,
    doc: tag.description ?? "",
  }));
  return { methods, capabilities, faults: document["x-faults"] ?? [], schemas: document.components.schemas };
}

function methodOf(verb: string, path: string, operation: Operation, schemas: Record<string, Schema>): MethodInfo {
  const { ask, files } = askOf(operation, schemas);
  return {
    name: operation.operationId,
    verb: verb.toUpperCase(),
    path,
    summary: operation.summary ?? "",
    more: operation.description ?? "",
    capability: operation["x-capability"],
    who: operation["x-who"],
    reads: Boolean(operation["x-reads"]),
    page: Boolean(operation["x-page"]),
    once: operation["x-once"]?.fields ?? [],
    faults: operation["x-faults"] ?? [],
    ask,
    files,
    answers: ["200", "202"]
      .map((status) => operation.responses?.[status]?.content?.["application/json"]?.schema as Schema | undefined)
      .flatMap((schema) => (schema ? followed(schema, schemas) : [])),
  };
}

function askOf(operation: Operation, schemas: Record<string, Schema>): { ask: Schema; files: string[] } {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const one of operation.parameters ?? []) {
    if (one.$ref) continue; // the gateway's own: tokens
    const schema: Schema = one.schema ?? one.content?.["application/json"]?.schema ?? {};
    properties[one.name] = { ...resolved(schema, schemas), description: one.description ?? schema.description };
    if (one.required) required.push(one.name);
  }
  const content = operation.requestBody?.content ?? {};
  const form = content["multipart/form-data"]?.schema as Schema | undefined;
  const { data, ...parts } = form?.properties ?? {};
  for (const part of [content["application/json"]?.schema, data]) {
    const body = part && resolved(part, schemas);
    Object.assign(properties, body?.properties);
    required.push(...(body?.required ?? []));
  }
  Object.assign(properties, parts);
  required.push(...(form?.required ?? []).filter((name) => name !== "data"));
  return { ask: { type: "object", properties, required }, files: Object.keys(parts) };
}

const REF = "#/components/schemas/";

/** The schema behind a reference; its own note stands before that of what it refers to. */
export function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  if (!schema.$ref) return schema;
  const { $ref, ...own } = schema;
  return { ...resolved(schemas[$ref.slice(REF.length)] ?? {}, schemas), ...own };
}

function followed(schema: Schema, schemas: Record<string, Schema>): Schema[] {
  return (schema.anyOf ?? [schema]).map((one) => resolved(one, schemas));
}

/** The kind of a value that may be left out: without its null. */
export function kindOf(schema: Schema, schemas: Record<string, Schema>): Schema {
  const whole = resolved(schema, schemas);
  const some = whole.anyOf?.filter((one) => one.type !== "null");
  if (some?.length !== 1) return whole;
  return { ...resolved(some[0]!, schemas), ...(whole.description ? { description: whole.description } : {}) };
}
