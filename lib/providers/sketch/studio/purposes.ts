const PURPOSES: [RegExp, string][] = [
  [/^project\.json$/, "what the project is made from"],
  [/^deno\.json$/, "tasks and imports"],
  [/README\.md$/, "how to start and use it"],
  [/_test\.ts$/, "tests"],
  [/^main\.ts$/, "the entry point"],
  [/^app\.ts$/, "puts everything together"],
  [/testing\.ts$/, "what the tests share"],
  [/errors\.ts$/, "errors and how they are answered"],
  [/json_body\.ts$/, "reads the bodies of requests"],
  [/validation\.ts$/, "checks what clients send"],
  [/list_query\.ts$/, "how lists are asked for"],
  [/rate_limit\.ts$/, "the rate limit"],
  [/openapi\.ts$/, "the OpenAPI document"],
  [/(?:^|\/)auth\/accounts\.ts$/, "accounts, passwords and tokens"],
  [/(?:^|\/)auth\//, "authentication"],
  [/(?:^|\/)schema\//, "fields and their rules"],
  [/collection\.ts$/, "keeps things in memory"],
  [/(?:^|\/)store\//, "a store"],
  [/(?:^|\/)routes\//, "routes"],
  [/index\.html$/, "the page"],
  [/\.css$/, "the look"],
  [/storage\.ts$/, "keeps data in the browser, where it may"],
  [/app\.[tj]s$/, "starts the page"],
];

/** What a file of a project is for, by its path. */
export function purposeOf(path: string): string {
  return PURPOSES.find(([pattern]) => pattern.test(path))?.[1] ?? "a part of the page";
}
