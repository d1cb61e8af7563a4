import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  type ConfigContent,
  FreshetError,
  type InheritedContent,
  type ModelConfig,
  type ParameterName,
  withTag,
} from "../../../shared/mod.ts";
import { changedFields, filledContent } from "../../../shared/model_configs/mod.ts";
import type { ConfigsApi } from "./configs_api.ts";
import { contentOf, type FieldProblem, type FormValues, valuesOf } from "./form_values.ts";

/** What a `ConfigForm` needs. */
export interface ConfigFormOptions {
  /** The node that tells what a base has. */
  nodeId: string;
  name: string;
  content: ConfigContent;
  inherited: InheritedContent;
  nodeIds: readonly string[];
  latest: number;
  api: Pick<ConfigsApi, "base" | "save">;
  onSaved(config: ModelConfig): void;
  onError(error: unknown): void;
}

/** What is typed for the next version. */
export class ConfigForm {
  readonly name: Signal<string>;
  readonly note: Signal<string> = signal("");
  readonly #options: ConfigFormOptions;
  readonly #saved: Signal<ConfigContent>;
  readonly #values: Signal<FormValues>;
  readonly #inherited: Signal<InheritedContent>;
  readonly #nodeIds: Signal<readonly string[]>;
  readonly #isBusy: Signal<boolean> = signal(false);
  readonly #tried: Signal<boolean> = signal(false);
  readonly #latest: Signal<number>;
  readonly #read = computed(() => contentOf(this.#values.value));
  readonly #newer: Signal<number | null> = signal(null);
  /** What is typed differs from the latest version; what cannot be read yet does too. */
  readonly isChanged = computed(() =>
    this.#read.value.problems.length > 0 ||
    changedFields(this.#read.value.content, this.#saved.value).length > 0 ||
    withTag(this.name.value) !== this.#options.name
  );

  constructor(options: ConfigFormOptions) {
    this.#options = options;
    this.name = signal(options.name);
    this.#saved = signal(options.content);
    this.#values = signal(valuesOf(options.content));
    this.#inherited = signal(options.inherited);
    this.#nodeIds = signal(options.nodeIds);
    this.#latest = signal(options.latest);
  }

  get values(): ReadonlySignal<FormValues> {
    return this.#values;
  }

  /** What the base has. */
  get inherited(): ReadonlySignal<InheritedContent> {
    return this.#inherited;
  }

  get nodeIds(): ReadonlySignal<readonly string[]> {
    return this.#nodeIds;
  }

  /** The version that was saved elsewhere after what is typed here was begun; null where there is none. */
  get newer(): ReadonlySignal<number | null> {
    return this.#newer;
  }

  get isBusy(): ReadonlySignal<boolean> {
    return this.#isBusy;
  }

  /** A content with what the base of this form brings along, where it is made of that too. */
  filled(content: ConfigContent): ConfigContent {
    return content.base === this.#values.value.base ? filledContent(content, this.#inherited.value) : content;
  }

  /** What is wrong with a parameter; told once saving was tried. */
  problemOf(name: ParameterName): FieldProblem | undefined {
    return this.#tried.value ? this.#read.value.problems.find((problem) => problem.name === name) : undefined;
  }

  setParameter(name: ParameterName, text: string): void {
    const { parameters, ...rest } = this.#values.peek();
    this.#values.value = { ...rest, parameters: { ...parameters, [name]: text } };
  }

  setText(field: "system" | "template", text: string): void {
    this.#values.value = { ...this.#values.peek(), [field]: text };
  }

  setNode(nodeId: string, isChosen: boolean): void {
    const others = this.#nodeIds.peek().filter((id) => id !== nodeId);
    this.#nodeIds.value = isChosen ? [...others, nodeId] : others;
  }

  /** Chooses another base, and asks what it brings along. */
  async setBase(base: string): Promise<void> {
    this.#values.value = { ...this.#values.peek(), base };
    try {
      const inherited = await this.#options.api.base({ nodeId: this.#options.nodeId, model: base });
      if (this.#values.peek().base === base) this.#inherited.value = inherited;
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** Puts a content in place of what is typed. */
  async take(content: ConfigContent): Promise<void> {
    const isOtherBase = content.base !== this.#values.peek().base;
    this.#values.value = valuesOf(content);
    if (isOtherBase) await this.setBase(content.base);
  }

  discard(): Promise<void> {
    this.name.value = this.#options.name;
    this.note.value = "";
    this.#tried.value = false;
    this.#newer.value = null;
    return this.take(this.#saved.peek());
  }

  /**
   * What is saved by now, as somebody else may have; null where the versions were forgotten. It comes into a form that nobody
   * has touched; what is typed stays, and says that there is a newer one.
   */
  follow(config: ModelConfig | null): void {
    const isNew = config !== null && config.latest !== this.#latest.peek();
    const content = config?.versions[0]?.content;
    const isUntouched = !this.isChanged.peek();
    this.#latest.value = config?.latest ?? 0;
    if (!config) this.#newer.value = null;
    if (!content) return;
    this.#saved.value = content;
    if (isUntouched) this.take(content).catch((error) => this.#options.onError(error));
    else if (isNew && this.isChanged.peek()) this.#newer.value = config.latest;
  }

  /** Saves a version; false where something is wrong with what is typed, or the server refused it. */
  async save(): Promise<boolean> {
    if (this.#isBusy.peek()) return false;
    this.#tried.value = true;
    const { content, problems } = this.#read.peek();
    if (problems.length > 0) return false;
    this.#isBusy.value = true;
    try {
      const name = withTag(this.name.peek());
      const note = this.note.peek().trim();
      const config = await this.#options.api.save({
        name,
        ...content,
        nodeIds: [...this.#nodeIds.peek()],
        ...(note === "" ? {} : { note }),
        ...(name === this.#options.name ? { basedOn: this.#latest.peek() } : {}),
      });
      this.note.value = "";
      this.#tried.value = false;
      if (config.name === this.#options.name) {
        this.#saved.value = content;
        this.#latest.value = config.latest;
        this.#newer.value = null;
      }
      this.#options.onSaved(config);
      return true;
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      this.#options.onError(error);
      return false;
    } finally {
      this.#isBusy.value = false;
    }
  }
}
