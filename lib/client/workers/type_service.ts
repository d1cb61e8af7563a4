import * as monaco from "monaco-editor/editor";
import {
  getJavaScriptWorker,
  getTypeScriptWorker,
  javascriptDefaults,
  type LanguageServiceDefaults,
  type ModeConfiguration,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register";
import { isTrustworthy, messageOf, type NeededTypes, neededTypes } from "../studio/editor/type_problems.ts";
import { besideEditor } from "./beside_editor.ts";
import { NODE_TYPES } from "./node_types.ts";

/** TypeScript for the files of a project, in a worker. */
export interface TypeService {
  /**
   * Takes the code of the project by its paths: what imports lead to and completion offers. Fetches the types that the code
   * needs; throws a TypeError where the network is away.
   */
  know(files: ReadonlyMap<string, string>): Promise<void>;
  /** What is wrong in a file, which must be one of those. */
  problemsOf(model: monaco.editor.ITextModel): Promise<monaco.editor.IMarkerData[]>;
}

/** Where the files of a project are for the language service. */
const PROJECT_SCHEME = "project";

const NOTHING: ModeConfiguration = {};
const OFFERED: ModeConfiguration = {
  completionItems: true,
  hovers: true,
  signatureHelp: true,
  documentHighlights: true,
};
/** By TypeScript's numbers; like those of the version's checks, but that files are found as a bundler finds them. */
const COMPILER = {
  allowNonTsExtensions: true,
  allowImportingTsExtensions: true,
  allowJs: true,
  checkJs: false,
  jsx: 1,
  module: 99,
  moduleDetection: 3,
  moduleResolution: 100,
  noEmit: true,
  noImplicitOverride: true,
  resolveJsonModule: true,
  strict: true,
  target: 99,
};

type Adding = ReturnType<LanguageServiceDefaults["addExtraLib"]>;

let starting: Promise<TypeService> | undefined;

// Without this Monaco would start with the first file that is shown, while it is being written.
for (const defaults of [typescriptDefaults, javascriptDefaults]) defaults.setModeConfiguration(NOTHING);

/** Registers the language service, once; its workers start with the first thing they are asked. */
export function startTypeService(): Promise<TypeService> {
  return starting ??= start();
}

async function start(): Promise<TypeService> {
  // @ts-types="./typescript_mode.d.ts"
  const mode = await import("monaco-editor/languages/features/typescript/tsMode");
  for (const defaults of [typescriptDefaults, javascriptDefaults]) {
    defaults.setCompilerOptions(COMPILER);
    defaults.addExtraLib(NODE_TYPES, uriOf("node_modules/node.d.ts"));
    defaults.setModeConfiguration({ ...OFFERED });
  }
  mode.setupTypeScript(typescriptDefaults);
  mode.setupJavaScript(javascriptDefaults);
  // Workers are bound now; where Monaco meets a language for the first time later, it is to set up nothing again.
  const workers = { typescript: await getTypeScriptWorker(), javascript: await getJavaScriptWorker() };
  for (const defaults of [typescriptDefaults, javascriptDefaults]) defaults.setModeConfiguration(NOTHING);
  return new ProjectTypeService(workers);
}

type Workers = Record<"typescript" | "javascript", Awaited<ReturnType<typeof getTypeScriptWorker>>>;

class ProjectTypeService implements TypeService {
  readonly #workers: Workers;
  readonly #known = new Map<string, { text: string; adding: Adding[] }>();
  readonly #fetched = new Map<string, Promise<ReadonlyMap<string, string>>>();
  #needed: NeededTypes = { hono: false, deno: false, unknown: false };

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  async know(files: ReadonlyMap<string, string>): Promise<void> {
    this.#needed = neededTypes(files.values());
    for (const [path, { adding }] of this.#known) {
      if (files.has(path)) continue;
      for (const each of adding) each.dispose();
      this.#known.delete(path);
    }
    for (const [path, text] of files) {
      // Each change has the workers told of all files, so that only what is new is one.
      if (this.#known.get(path)?.text === text) continue;
      this.#known.set(path, { text, adding: addLibrary(path, text) });
    }
    const { hono, deno } = this.#needed;
    await Promise.all([hono && this.#add("hono.types.json"), deno && this.#add("deno.types.json")]);
    // The workers are told a moment later.
    await new Promise((resolve) => setTimeout(resolve));
  }

  async problemsOf(model: monaco.editor.ITextModel): Promise<monaco.editor.IMarkerData[]> {
    const language = model.getLanguageId() === "javascript" ? "javascript" : "typescript";
    const worker = await this.#workers[language](model.uri);
    const name = model.uri.toString();
    const found = await worker.getSyntacticDiagnostics(name);
    if (language === "typescript") found.push(...await worker.getSemanticDiagnostics(name));
    if (model.isDisposed()) return [];
    return found.filter((each) => isTrustworthy(each, this.#needed)).map((each) => {
      const start = model.getPositionAt(each.start ?? 0);
      const end = model.getPositionAt((each.start ?? 0) + Math.max(1, each.length ?? 1));
      return {
        severity: monaco.MarkerSeverity.Error,
        message: messageOf(each.messageText),
        code: `${each.code}`,
        startLineNumber: start.lineNumber,
        startColumn: start.column,
        endLineNumber: end.lineNumber,
        endColumn: end.column,
      };
    });
  }

  /** Adds types that the build has written. What could not be fetched is asked for again the next time. */
  async #add(name: string): Promise<void> {
    const fetching = this.#fetched.get(name) ?? fetchTypes(name);
    this.#fetched.set(name, fetching);
    try {
      await fetching;
    } catch (error) {
      this.#fetched.delete(name);
      throw error;
    }
  }
}

async function fetchTypes(name: string): Promise<ReadonlyMap<string, string>> {
  const response = await fetch(besideEditor(name));
  if (!response.ok) throw new Error(`Cannot load ${name}: status ${response.status}`);
  const files = new Map(Object.entries(await response.json() as Record<string, string>));
  for (const [path, text] of files) addLibrary(path, text);
  return files;
}

function addLibrary(path: string, text: string): Adding[] {
  return [typescriptDefaults, javascriptDefaults].map((defaults) => defaults.addExtraLib(text, uriOf(path)));
}

function uriOf(path: string): string {
  return monaco.Uri.from({ scheme: PROJECT_SCHEME, path: `/${path}` }).toString();
}
