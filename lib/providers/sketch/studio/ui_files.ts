import type { ProjectFile } from "../../../shared/mod.ts";
import { ACCENT_COLORS } from "./accents.ts";
import { asJavaScript } from "./javascript.ts";
import { formFields } from "./follow_up_form.ts";
import { kebabCase } from "./naming.ts";
import type { Design, ProjectSpec } from "./spec.ts";
import { fillTemplate, type TemplateContext } from "./template.ts";
import { readTemplate } from "./templates.ts";
import { formFieldsCode, resourcesCode } from "./ui_resources.ts";

/** The files of each page beside those that all share. */
export const PAGE_FILES: Readonly<Record<Design, string[]>> = {
  records: ["app.ts", "resources.ts", "arrange.ts", "entry_list.ts", "entry_form.ts", "toast.ts"],
  chat: ["app.ts", "rooms.ts", "bot.ts", "message_list.ts", "room_list.ts"],
  market: ["app.ts", "market.ts", "chart.ts", "watchlist.ts", "format.ts"],
  appointments: [
    "app.ts",
    "appointments.ts",
    "booked_list.ts",
    "booking_form.ts",
    "days.ts",
    "ics.ts",
    "month_view.ts",
    "more_fields.ts",
    "week_view.ts",
  ],
  landing: ["app.ts", "contact_form.ts"],
  timer: ["app.ts", "chime.ts", "countdown.ts", "phases.ts"],
  calculator: ["app.ts", "expression.ts"],
};
const KEEPS_DATA: readonly Design[] = ["records", "chat", "market", "appointments"];

/** The files of a page, in `public/` where the project is an API too. */
export async function uiFiles(spec: ProjectSpec): Promise<ProjectFile[]> {
  const isBoth = spec.kinds.includes("api");
  const context = contextOf(spec, isBoth);
  const { conditions } = context;
  const page = (name: string, template = name) => file(name, `ui/${spec.design}/${template}`, context);
  const shared = (name: string) => file(name, `ui/${name}`, context);
  const needsStorage = KEEPS_DATA.includes(spec.design) || conditions.has("themeToggle");
  const files = await Promise.all([
    page("index.html"),
    ...PAGE_FILES[spec.design].map((name) => page(name)),
    ...(spec.design === "records" ? [page("source.ts", isBoth ? "api_source.ts" : "local_source.ts")] : []),
    ...(isBoth && conditions.has("auth") ? [page("session.ts")] : []),
    shared("dom.ts"),
    ...(needsStorage && (!isBoth || conditions.has("auth") || conditions.has("themeToggle"))
      ? [shared("storage.ts")]
      : []),
    ...(conditions.has("themeToggle") ? [shared("theme_switch.ts")] : []),
    shared("base.css"),
    page("page.css"),
  ]);
  if (!isBoth) return files;
  return files.map(asJavaScript).map(({ path, content }) => ({ path: `public/${path}`, content }));
}

async function file(path: string, template: string, context: TemplateContext): Promise<ProjectFile> {
  const text = await readTemplate(template);
  const escape = path.endsWith(".html")
    ? escapeHtml
    : path.endsWith(".ts")
    ? escapeText
    : (value: string) => value;
  const texts = Object.fromEntries(
    Object.entries(context.texts).map(([name, value]) => [name, escape(value)]),
  );
  const content = fillTemplate(text, { ...context, texts }).replaceAll('"../', '"./').replace(
    ' data-theme="auto"',
    "",
  );
  return { path, content };
}

function contextOf(spec: ProjectSpec, isBoth: boolean): TemplateContext {
  const accent = ACCENT_COLORS[spec.accent];
  const conditions = new Set<string>(spec.features);
  if (isBoth) conditions.add("both");
  return {
    conditions,
    texts: {
      title: spec.title,
      slug: kebabCase(spec.title),
      theme: spec.theme,
      accentLight: accent.light,
      accentDark: accent.dark,
    },
    blocks: {
      resources: resourcesCode(spec.resources, !isBoth),
      formFields: formFieldsCode(formFields(spec)),
    },
    resources: spec.resources,
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** Within a text in double quotes, or a template without substitutions. */
function escapeText(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll("`", "\\`").replaceAll("${", "\\${");
}
