import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ApiClient } from "../../lib/client/api_client.ts";
import { benchmarkOf, targetValue } from "../../lib/client/benchmarks/benchmark_form.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { type BenchmarkEstimate, type BenchmarkTarget, FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, type Translate, translateWith } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { EstimateWords } from "./EstimateWords.tsx";
import type { BenchmarkFormData } from "./page_data.ts";

/** What the island of the page is given. */
export interface BenchmarkFormProps {
  data: BenchmarkFormData;
  estimate: BenchmarkEstimate | null;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** What is asked for in numbers and has a value from the start. */
const NUMBERS = [
  { name: "repetitions", max: 20 },
  { name: "concurrency", max: 32 },
  { name: "maxTokens", max: 32_768 },
  { name: "temperature", min: 0, max: 2, step: 0.1 },
] as const;

/** ms after the last change before the server is asked what it comes to. */
const ESTIMATE_AFTER_MS = 300;

/**
 * What is to be measured, and how. A form that is posted. It is rendered once, so that what was typed stays; what changes has
 * components of its own.
 */
export function BenchmarkForm({ data, estimate, texts, language }: BenchmarkFormProps) {
  const t = useMemo(() => translateWith(texts), [texts]);
  const { given, sets } = data;
  return (
    <form method="post" action="/models/benchmarks/new" class="benchmark-form">
      <input type="hidden" name="request" value={data.requestKey} />
      <div class="dashboard-card benchmark-form__part">
        <label class="field">
          <span class="field__label">{t("benchmarks.set")}</span>
          <select name="set" class="field__control" required>
            {sets.map((set) => (
              <option key={set.id} value={set.id} selected={set.id === given.setId}>
                {t("benchmarks.form.setOption", { name: set.name, count: set.prompts, graded: set.graded })}
              </option>
            ))}
          </select>
        </label>
        <ModelChoice data={data} t={t} />
      </div>
      <div class="dashboard-card benchmark-form__part">
        <div class="benchmark-form__numbers">
          {NUMBERS.map((number) => (
            <NumberField
              key={number.name}
              {...number}
              label={t(`benchmarks.${number.name}`)}
              value={given[number.name]}
            />
          ))}
          <NumberField
            name="seed"
            label={t("benchmarks.seed")}
            value={given.seed ?? undefined}
            min={0}
            max={2_147_483_647}
            hint={t("benchmarks.seed.hint")}
          />
        </div>
        <label class="field">
          <span class="field__label">{t("benchmarks.form.name")}</span>
          <input
            type="text"
            name="name"
            class="field__control"
            maxLength={200}
            value={given.name ?? ""}
            aria-describedby="benchmark-name-hint"
          />
          <span id="benchmark-name-hint" class="field__hint">{t("benchmarks.form.nameHint")}</span>
        </label>
      </div>
      <div class="dashboard-card benchmark-form__part">
        <LiveEstimate first={estimate} language={language} t={t} />
        <div class="benchmark-form__buttons">
          <button type="submit" name="intent" value="begin" class="button button--primary">
            <Icon name="play" />
            {t("benchmarks.form.begin")}
          </button>
          <noscript>
            <button type="submit" name="intent" value="estimate" class="button" formNoValidate>
              {t("benchmarks.form.estimate")}
            </button>
          </noscript>
        </div>
      </div>
    </form>
  );
}

function ModelChoice({ data, t }: { data: BenchmarkFormData; t: Translate }) {
  const { models, given } = data;
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState<readonly string[]>(() => given.targets.map(targetValue));
  const word = query.trim().toLowerCase();
  const choice = (target: BenchmarkTarget, label: string) => {
    const value = targetValue(target);
    return (
      <label class="benchmark-model">
        <input
          type="checkbox"
          name="target"
          value={value}
          checked={chosen.includes(value)}
          onChange={({ currentTarget }) =>
            choose((before) => {
              const others = before.filter((one) => one !== value);
              return currentTarget.checked ? [...others, value] : others;
            })}
        />
        <span>{label}</span>
      </label>
    );
  };
  return (
    <fieldset class="benchmark-models">
      <legend>{t("benchmarks.models")}</legend>
      <p class="field__hint">{t("benchmarks.form.modelsHint", { count: data.targetsMax })}</p>
      {models.length === 0 && <p class="field__problem">{t("benchmarks.form.noModels")}</p>}
      {models.length > 8 && (
        <input
          type="search"
          class="field__control needs-script"
          placeholder={t("benchmarks.form.filter")}
          aria-label={t("benchmarks.form.filter")}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
      )}
      <ul class="benchmark-models__list">
        {models.map(({ id, nodes }) => (
          // What is hidden stays chosen.
          <li key={id} hidden={word !== "" && !id.toLowerCase().includes(word)}>
            {choice({ model: id }, id)}
            {nodes.length > 1 && nodes.map((node) => (
              <div key={node.id} class="benchmark-models__node">
                {choice(
                  { model: id, nodeId: node.id },
                  `${id}, ${t("benchmarks.form.onNode", { node: node.name })}`,
                )}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function NumberField({ name, label, value, min = 1, max, step = 1, hint }: {
  name: string;
  label: string;
  value: number | undefined;
  min?: number;
  max: number;
  step?: number;
  hint?: string;
}) {
  return (
    <label class="field">
      <span class="field__label">{label}</span>
      <input
        type="number"
        name={name}
        class="field__control"
        inputMode={step < 1 ? "decimal" : "numeric"}
        min={min}
        max={max}
        step={step}
        value={value === undefined ? "" : String(value)}
        {...(hint ? { "aria-describedby": `benchmark-${name}-hint` } : {})}
      />
      {hint && <span id={`benchmark-${name}-hint`} class="field__hint">{hint}</span>}
    </label>
  );
}

/** What the form around it comes to as it stands, asked for a moment after its last change. */
function LiveEstimate({ first, language, t }: {
  first: BenchmarkEstimate | null;
  language: string;
  t: Translate;
}) {
  const [answer, setAnswer] = useState<{ estimate: BenchmarkEstimate | null; problem: string | null }>({
    estimate: first,
    problem: null,
  });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    const client = new ApiClient();
    const leaving = new AbortController();
    let cancel = () => {};
    let asked = 0;
    const ask = async () => {
      const mine = ++asked;
      const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      const body = benchmarkOf(new URLSearchParams(fields));
      if (body.targets.length === 0) return setAnswer({ estimate: null, problem: null });
      try {
        const estimate = await client.post<BenchmarkEstimate>("/api/benchmarks/estimate", body, leaving);
        if (mine === asked) setAnswer({ estimate, problem: null });
      } catch (error) {
        if (leaving.signal.aborted || mine !== asked) return;
        if (!(error instanceof FreshetError)) throw error;
        setAnswer({ estimate: null, problem: error.message });
      }
    };
    const change = () => {
      cancel();
      cancel = browserClock.after(ESTIMATE_AFTER_MS, () => void ask().catch(reportError));
    };
    for (const type of ["input", "change"]) form.addEventListener(type, change, leaving);
    // What the browser has filled in again after a reload.
    change();
    return () => {
      cancel();
      leaving.abort();
    };
  }, []);
  return (
    <div ref={place} class="benchmark-estimate" role="status">
      <EstimateWords {...answer} language={language} t={t} />
    </div>
  );
}
