import type { ProjectFile } from "../../../shared/mod.ts";
import { exampleCode, schemaCode } from "./api_schema.ts";
import { kebabCase, plural, snakeCase } from "./naming.ts";
import { apiReadme } from "./readme.ts";
import { hasFeature, type ProjectSpec } from "./spec.ts";
import { fillTemplate, type TemplateContext, withNames } from "./template.ts";
import { readTemplate } from "./templates.ts";

/** Files that stand once in a project: the template, where it goes, and what it needs. */
const FILES: [template: string, path: string, condition?: string][] = [
  ["main.ts", "main.ts"],
  ["app.ts", "app.ts"],
  ["errors.ts", "errors.ts"],
  ["json_body.ts", "json_body.ts"],
  ["validation.ts", "validation.ts"],
  ["list_query.ts", "list_query.ts"],
  ["rate_limit.ts", "rate_limit.ts", "rateLimit"],
  ["openapi.ts", "openapi.ts", "openapi"],
  ["auth/accounts.ts", "auth/accounts.ts", "auth"],
  ["auth/require_user.ts", "auth/require_user.ts", "auth"],
  ["auth/routes.ts", "auth/routes.ts", "auth"],
  ["store/collection.ts", "store/collection.ts"],
];

const OWN_FILES: [template: string, path: string][] = [
  ["schema/widgets.ts", "schema/widgets.ts"],
  ["store/widgets.ts", "store/widgets.ts"],
  ["routes/widgets.ts", "routes/widgets.ts"],
];

const TESTS: [template: string, path: string, condition?: string][] = [
  ["testing.ts", "testing.ts"],
  ["auth/auth_cases.ts", "auth/auth_test.ts", "auth"],
  ["rate_limit_cases.ts", "rate_limit_test.ts", "rateLimit"],
  ["openapi_cases.ts", "openapi_test.ts", "openapi"],
];

/** The files of an API: a Hono app on Deno. */
export async function apiFiles(spec: ProjectSpec): Promise<ProjectFile[]> {
  const context = contextOf(spec);
  const fill = async (template: string, path: string): Promise<ProjectFile> => ({
    path,
    content: fillTemplate(await readTemplate(`api/${template}`), context),
  });
  const wanted = ([, , condition]: [string, string, string?]) =>
    !condition || context.conditions.has(condition);
  const files = await Promise.all([
    ...FILES.filter(wanted).map(([template, path]) => fill(template, path)),
    ...spec.resources.flatMap((resource) =>
      OWN_FILES.map(async ([template, path]): Promise<ProjectFile> => {
        const own = { ...context, blocks: { schema: schemaCode(resource) } };
        const content = withNames(fillTemplate(await readTemplate(`api/${template}`), own), resource);
        return { path: ownPath(path, resource.name), content };
      })
    ),
    ...TESTS.filter(wanted).map(([template, path]) => fill(template, path)),
    ...spec.resources.map(async (resource): Promise<ProjectFile> => {
      const own = { ...context, blocks: { example: exampleCode(resource) } };
      const text = fillTemplate(await readTemplate("api/widgets_cases.ts"), own);
      const awaited = hasFeature(spec, "auth") ? text : text.replaceAll("await testClient()", "testClient()");
      return { path: `${snakeCase(plural(resource.name))}_test.ts`, content: withNames(awaited, resource) };
    }),
  ]);
  return [...files, denoJson(spec), { path: "README.md", content: apiReadme(spec) }];
}

function ownPath(path: string, name: string): string {
  return path.replace("widgets", snakeCase(plural(name)));
}

function contextOf(spec: ProjectSpec): TemplateContext {
  const paths = spec.resources.map(({ name }) => `"/${kebabCase(plural(name))}"`).join(", ");
  const conditions = new Set<string>(spec.features);
  if (spec.kinds.includes("ui")) conditions.add("both");
  // Within a text in double quotes.
  const title = JSON.stringify(spec.title).slice(1, -1);
  return { conditions, texts: { title, paths }, blocks: {}, resources: spec.resources };
}

function denoJson({ kinds }: ProjectSpec): ProjectFile {
  const read = kinds.includes("ui") ? " --allow-read=public" : "";
  const value = {
    tasks: { start: `deno serve --allow-net${read} --port 8000 main.ts`, test: "deno test" },
    imports: { hono: "npm:hono@^4" },
    fmt: { lineWidth: 110 },
  };
  return { path: "deno.json", content: `${JSON.stringify(value, null, 2)}\n` };
}
