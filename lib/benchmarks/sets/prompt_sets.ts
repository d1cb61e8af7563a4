import {
  FreshetError,
  HOUSE_PROFILE,
  isId,
  newId,
  type PromptSet,
  type PromptSetInfo,
} from "../../shared/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { estimatePrompt } from "../../nodes/mod.ts";
import { keys, type Store } from "../../store/mod.ts";
import { PROMPT_SET } from "../record.ts";
import type { PromptSetBody } from "./schema.ts";
import { shippedSets } from "./shipped_sets.ts";
import { requestOf } from "../run/request.ts";

/** Own sets at most. */
const SETS_MAX = 100;

/** The sets of prompts: those that come with Freshet, and the house's own. */
export class PromptSets {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** All sets without their prompts: the shipped ones, then the own ones, newest first. */
  async list(_principal: Principal): Promise<PromptSetInfo[]> {
    const selector = { prefix: keys.promptSets(HOUSE_PROFILE) };
    const own = await Array.fromAsync(this.#store.list(PROMPT_SET, selector, { reverse: true }));
    return [...shippedSets(), ...own.map(({ value }) => value)].map(infoOf);
  }

  /** One set. Throws `not_found`. */
  async get(_principal: Principal, id: string): Promise<PromptSet> {
    const shipped = shippedSets().find((set) => set.id === id);
    const key = keys.promptSet(HOUSE_PROFILE, id);
    const found = shipped ?? (isId(id) ? (await this.#store.get(PROMPT_SET, key))?.value : undefined);
    if (found) return found;
    throw new FreshetError("not_found", "There is no such prompt set", { field: "setId" });
  }

  /** Keeps a new set. Throws `conflict` where there are too many. */
  async create(principal: Principal, body: PromptSetBody): Promise<PromptSet> {
    requireScope(principal, "admin");
    const own = (await this.list(principal)).filter(({ origin }) => origin === "own");
    if (own.length >= SETS_MAX) {
      throw new FreshetError(
        "conflict",
        `There are ${SETS_MAX} prompt sets already; delete one of them first`,
      );
    }
    return await this.#write(newId(), body);
  }

  /** Replaces an own set; benchmarks that were made keep the prompts they had. Throws `not_found` and `forbidden`. */
  async update(principal: Principal, id: string, body: PromptSetBody): Promise<PromptSet> {
    await this.#requireOwn(principal, id);
    return await this.#write(id, body);
  }

  /** Deletes an own set; benchmarks keep the prompts they had. Throws `not_found` and `forbidden`. */
  async delete(principal: Principal, id: string): Promise<void> {
    await this.#requireOwn(principal, id);
    await using transaction = this.#store.transaction();
    await transaction.delete(keys.promptSet(HOUSE_PROFILE, id));
    await transaction.commit();
  }

  async #requireOwn(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const { origin } = await this.get(principal, id);
    if (origin === "own") return;
    throw new FreshetError("forbidden", "The sets that come with Freshet stay as they are", {
      hint: "Export it and import it again as one of your own",
    });
  }

  async #write(id: string, body: PromptSetBody): Promise<PromptSet> {
    const set: PromptSet = { id, origin: "own", ...body, updatedAt: this.#clock.now() };
    await using transaction = this.#store.transaction();
    await transaction.set(PROMPT_SET, keys.promptSet(HOUSE_PROFILE, id), set);
    await transaction.commit();
    return set;
  }
}

/** A set without its prompts. */
export function infoOf({ prompts, ...set }: PromptSet): PromptSetInfo {
  return {
    ...set,
    prompts: prompts.length,
    graded: prompts.filter(({ grader }) => grader).length,
    promptTokens: prompts.reduce((sum, prompt) => sum + estimatePrompt(requestOf("", prompt)), 0),
  };
}
