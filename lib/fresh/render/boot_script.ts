import { type PartialPayload, type Payload, PAYLOAD_ID } from "../client/payload.ts";
import type { ClientModule, Snapshot } from "../snapshot.ts";
import type { RenderState } from "./render_state.ts";

/** The script that brings a page to life, and the addresses of the code that it will import. */
export interface BootScript {
  html: string;
  preload: string[];
}

/** The script of a page; null for a page that has nothing to bring to life. */
export function bootScript(state: RenderState, basePath: string, hasNavigation: boolean): BootScript | null {
  const { snapshot, components, islands } = state;
  if (!snapshot || (islands.length === 0 && !hasNavigation)) return null;
  const signals = state.serializer.hasSignals ? snapshot.runtime.signals : null;
  const runtime = hasNavigation ? snapshot.runtime.navigation : snapshot.runtime.islands;
  const address = (file: string) => bundleAddress(snapshot, basePath, file);
  const imports = [
    `import{${runtime.names?.boot ? `${runtime.names.boot} as ` : ""}boot}from${
      JSON.stringify(address(runtime.file))
    };`,
    ...components.map(({ client, name }, i) =>
      `import{${exportName(client, name)} as c${i}}from${JSON.stringify(address(client.file))};`
    ),
    signals ? `import*as s from${JSON.stringify(address(signals.file))};` : "",
  ];
  const names = components.map((_, i) => `c${i}`).join();
  const call = `boot(${inlineJson(payloadOf(state))},[${names}]${signals ? ",s" : ""});`;
  const modules = [runtime, ...components.map(({ client }) => client), ...(signals ? [signals] : [])];
  return {
    html: `<script type="module" nonce="${state.nonce}">${imports.join("")}${call}</script>`,
    preload: filesOf(modules).map(address),
  };
}

/** The script of a response to client navigation: data only, which the page that asked for it reads. */
export function partialScript(state: RenderState, basePath: string): string {
  const { snapshot } = state;
  if (!snapshot || state.islands.length === 0) return "";
  const address = (file: string) => bundleAddress(snapshot, basePath, file);
  const payload: PartialPayload = {
    ...payloadOf(state),
    components: state.components.map(({ client, name }) => [
      address(client.file),
      exportName(client, name),
    ]),
    signals: state.serializer.hasSignals ? address(snapshot.runtime.signals.file) : null,
  };
  const attributes = `type="application/json" id="${PAYLOAD_ID}" nonce="${state.nonce}"`;
  return `<script ${attributes}>${inlineJson(payload)}</script>`;
}

function payloadOf({ idPrefix, serializer, islands }: RenderState): Payload {
  return { idPrefix, nodes: serializer.nodes, islands };
}

function bundleAddress({ buildId }: Snapshot, basePath: string, file: string): string {
  return `${basePath}/_fresh/js/${buildId}/${file}`;
}

function exportName({ names }: ClientModule, name: string): string {
  return names?.[name] ?? name;
}

function filesOf(modules: ClientModule[]): string[] {
  return [...new Set(modules.flatMap(({ file, imports }) => [file, ...imports]))];
}

/** JSON that cannot end the script it stands in. None of its keys are the app's, so it is also safe as a literal. */
function inlineJson(value: unknown): string {
  const escape = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, escape);
}
