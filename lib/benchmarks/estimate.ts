import type { BenchmarkEstimate, BenchmarkParameters, BenchmarkTarget, PromptSet } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Prices } from "../analytics/mod.ts";
import type { TargetNodes } from "./run/target_nodes.ts";
import { infoOf } from "./sets/prompt_sets.ts";

/** What an estimate is made of. */
export interface EstimateOptions {
  principal: Principal;
  set: PromptSet;
  targets: readonly BenchmarkTarget[];
  parameters: BenchmarkParameters;
  prices: Pick<Prices, "list">;
  targetNodes: Pick<TargetNodes, "of">;
}

/** What a benchmark would come to: every answer as long as it may be, and each call at the dearest of its nodes. */
export async function estimateOf(options: EstimateOptions): Promise<BenchmarkEstimate> {
  const { principal, set, targets, parameters, prices, targetNodes } = options;
  const list = await prices.list();
  const calls = set.prompts.length * parameters.repetitions;
  const promptTokens = infoOf(set).promptTokens * parameters.repetitions;
  const completionTokens = calls * parameters.maxTokens;
  let costNano = 0;
  const priced: string[] = [];
  const unpriced: string[] = [];
  for (const target of targets) {
    const { nodes, models } = await targetNodes.of(principal, target);
    const costs = nodes.flatMap(({ id: nodeId, local }) =>
      models.map((model) => {
        const price = list.find(model, { nodeId, local });
        if (!price) return local ? 0 : null;
        return price.input * promptTokens + price.output * completionTokens;
      })
    );
    const known = costs.filter((cost) => cost !== null);
    const most = known.length > 0 ? Math.max(...known) : 0;
    if (most > 0) priced.push(target.model);
    if (known.length < costs.length) unpriced.push(target.model);
    costNano += most;
  }
  const count = targets.length;
  return {
    calls: calls * count,
    promptTokens: promptTokens * count,
    completionTokens: completionTokens * count,
    costNano,
    priced,
    unpriced,
  };
}
