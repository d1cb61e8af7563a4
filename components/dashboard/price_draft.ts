import { FreshetError, type Price } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** A row of the form of prices, as it is typed in: dollars for a million tokens. */
export interface PriceDraft {
  model: string;
  /** "" for hosted services, `any`, or a node's id. */
  where: string;
  input: string;
  output: string;
  cached: string;
}

/** Nano-dollars a token in a dollar for a million. */
const NANO_PER_DOLLAR = 1_000;

/** A row that is still to be filled in. */
export const NEW_PRICE: PriceDraft = { model: "", where: "", input: "", output: "", cached: "" };

/** A price as it is typed in. */
export function draftOf({ model, nodeId = "", input, output, cachedInput }: Price): PriceDraft {
  const dollars = (nano: number) => String(nano / NANO_PER_DOLLAR);
  const cached = cachedInput === undefined ? "" : dollars(cachedInput);
  return { model, where: nodeId, input: dollars(input), output: dollars(output), cached };
}

/** The rows of a posted form. */
export function draftsOf(form: URLSearchParams): PriceDraft[] {
  const column = (name: string) => form.getAll(name);
  const [wheres, inputs, outputs, cached] = ["where", "input", "output", "cached"].map(column);
  return column("model").map((model, i) => ({
    model: model.trim(),
    where: wheres?.[i] ?? "",
    input: inputs?.[i]?.trim() ?? "",
    output: outputs?.[i]?.trim() ?? "",
    cached: cached?.[i]?.trim() ?? "",
  }));
}

/** The prices that rows stand for; one without a model is left out. Throws `invalid_request` that names the row. */
export function pricesOf(drafts: readonly PriceDraft[], t: Translate): Price[] {
  return drafts.flatMap(({ model, where, input, output, cached }, i) => {
    if (model === "") return [];
    const nano = (text: string) => nanoOf(text, i + 1, t);
    return [{
      model,
      ...(where === "" ? {} : { nodeId: where }),
      input: nano(input),
      output: nano(output),
      ...(cached === "" ? {} : { cachedInput: nano(cached) }),
    }];
  });
}

/** Both ways of writing decimals are understood; nothing is nothing. */
function nanoOf(text: string, row: number, t: Translate): number {
  const dollars = Number(text.replace(",", "."));
  if (!Number.isFinite(dollars) || dollars < 0) {
    throw new FreshetError("invalid_request", t("prices.notANumber", { row, text: text.slice(0, 20) }));
  }
  const nano = Math.round(dollars * NANO_PER_DOLLAR);
  if (Math.abs(nano - dollars * NANO_PER_DOLLAR) < 1e-6) return nano;
  throw new FreshetError("invalid_request", t("prices.fine", { row }));
}
