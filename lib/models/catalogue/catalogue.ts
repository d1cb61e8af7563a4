import type { Market, MarketModel } from "../../shared/mod.ts";
import { OPEN_MODELS, type OpenModel } from "./open_models.ts";

/** The figures are rounded as Ollama's library shows them, in October 2025. */
const AS_OF = Date.UTC(2025, 9, 15);
const GB = 1_000_000_000;

/** The catalogue of open models that comes with Freshet; nothing is asked for it. */
export function catalogue(): Market {
  return { models: OPEN_MODELS.map(marketModel), asOf: AS_OF };
}

function marketModel(
  [id, title, maker, license, contextLength, capabilities, variants]: OpenModel,
): MarketModel {
  return {
    id,
    title,
    maker,
    license,
    contextLength,
    capabilities: [...capabilities],
    variants: variants.map(([tag, parameters, gigabytes, quantization = "Q4_K_M"]) => ({
      name: `${id}:${tag}`,
      parameters,
      quantization,
      sizeBytes: Math.round(gigabytes * GB),
    })),
  };
}
