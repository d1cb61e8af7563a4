import type { LedgerRow } from "../row.ts";

/** Rows that go out together. */
const ROWS_PER_CHUNK = 200;

/** The columns of a CSV, in their order. */
const COLUMNS: readonly (readonly [name: string, value: (row: LedgerRow) => string | number | undefined])[] =
  [
    ["id", ({ id }) => id],
    ["at", ({ at }) => new Date(at).toISOString()],
    ["profile", ({ profileId }) => profileId],
    ["key", ({ keyId }) => keyId],
    ["source", ({ source }) => source.type],
    ["source_id", ({ source }) => sourceId(source)],
    ["model", ({ model }) => model],
    [
      "answered_by_model",
      ({ attempts, model }) => attempts.length > 0 ? attempts.at(-1)?.model ?? model : "",
    ],
    ["node", ({ attempts }) => attempts.at(-1)?.nodeName],
    ["node_id", ({ attempts }) => attempts.at(-1)?.nodeId],
    ["attempts", ({ attempts }) => attempts.length],
    ["outcome", ({ outcome }) => outcome],
    ["error", ({ error }) => error],
    ["prompt_tokens", ({ usage }) => usage.promptTokens],
    ["completion_tokens", ({ usage }) => usage.completionTokens],
    ["reasoning_tokens", ({ usage }) => usage.reasoningTokens ?? 0],
    ["cached_tokens", ({ usage }) => usage.cachedTokens ?? 0],
    ["estimated", ({ usage }) => String(usage.estimated)],
    ["cost_nano_usd", ({ costNano }) => costNano],
    ["price_version", ({ priceVersion }) => priceVersion],
    ["first_token_ms", ({ firstTokenMs }) => firstTokenMs],
    ["duration_ms", ({ durationMs }) => durationMs],
  ];

/** Rows as CSV (RFC 4180), with a heading. Each chunk holds some hundred of them, whatever there are in all. */
export async function* csvOf(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string, void, undefined> {
  yield `${COLUMNS.map(([name]) => name).join(",")}\r\n`;
  yield* chunks(rows, (row) => `${COLUMNS.map(([, value]) => csvCell(value(row))).join(",")}\r\n`);
}

/** Rows as one JSON array. */
export async function* jsonOf(rows: AsyncIterable<LedgerRow>): AsyncGenerator<string, void, undefined> {
  yield "[";
  let separator = "\n";
  yield* chunks(rows, (row) => {
    const text = separator + JSON.stringify(row);
    separator = ",\n";
    return text;
  });
  yield "\n]\n";
}

async function* chunks(
  rows: AsyncIterable<LedgerRow>,
  textOf: (row: LedgerRow) => string,
): AsyncGenerator<string, void, undefined> {
  let chunk = "";
  let count = 0;
  for await (const row of rows) {
    chunk += textOf(row);
    if (++count % ROWS_PER_CHUNK > 0) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

/** A spreadsheet takes a cell that begins with one of these for a formula, and names of models come from outside. */
const FORMULA = /^[=+\-@\t\r]/;

/** One cell of a CSV (RFC 4180), which no spreadsheet takes for a formula. */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function sourceId(source: LedgerRow["source"]): string {
  switch (source.type) {
    case "chat":
    case "title":
      return source.chatId;
    case "project":
      return source.projectId;
    case "automation":
      return source.automationId;
    case "benchmark":
      return source.benchmarkId;
    case "api":
      return source.endpoint;
  }
}
