import { formatBytes } from "../../lib/client/format.ts";
import { milliseconds, prettyBody, SHOWN_BODY } from "../../lib/client/studio/run/answers.ts";
import type { RunModel } from "../../lib/client/studio/run/run_model.ts";
import { type PanelVersion, versionNumber } from "../../lib/client/studio/preview/panel_version.ts";
import type { ProcessResponse } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { CopyButton } from "../CopyButton.tsx";
import { RunCompare } from "./RunCompare.tsx";

/** What was answered: by one version, or by two of them with what is different. */
export function RunAnswers({ t, language, model, versions }: {
  t: Translate;
  language: string;
  model: RunModel;
  versions: readonly PanelVersion[];
}) {
  const numberOf = (versionId: string) => versionNumber(versions, versionId);
  const answers = model.answers.value.toSorted((a, b) =>
    numberOf(a.process.versionId) - numberOf(b.process.versionId)
  );
  const [first, second] = answers;
  if (!first) return <p class="run__empty run__empty--answer">{t("run.answer.none")}</p>;
  return (
    <div class="answers" aria-live="polite">
      {second && (
        <RunCompare
          t={t}
          language={language}
          before={{ number: numberOf(first.process.versionId), answer: first.answer }}
          after={{ number: numberOf(second.process.versionId), answer: second.answer }}
        />
      )}
      <div class={second ? "answers__both" : "answers__one"}>
        {answers.map(({ process, answer }) => (
          <Answer
            key={process.id}
            t={t}
            language={language}
            number={numberOf(process.versionId)}
            answer={answer}
          />
        ))}
      </div>
    </div>
  );
}

function Answer({ t, language, number, answer }: {
  t: Translate;
  language: string;
  number: number;
  answer: ProcessResponse;
}) {
  const { status, headers, durationMs, isBase64, isCut } = answer;
  const body = prettyBody(answer);
  const names = Object.keys(headers);
  const family = status >= 500 ? "failed" : status >= 400 ? "refused" : "ok";
  return (
    <section class="answer" aria-label={t("run.answer.of", { number })}>
      <header class="answer__head">
        <h2 class="answer__title">v{number}</h2>
        <span class={`badge answer__status answer__status--${family}`}>{status}</span>
        <span class="answer__time">{milliseconds(durationMs, language)}</span>
        <CopyButton
          text={body}
          label={t("copy")}
          copied={t("copied")}
          failed={t("run.failed")}
          class="icon-button--small"
        />
      </header>
      {names.length > 0 && (
        <details class="answer__headers">
          <summary>
            {names.length === 1
              ? t("run.answer.headers.one")
              : t("run.answer.headers.many", { count: names.length })}
          </summary>
          <dl>
            {names.map((name) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{headers[name]}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {body === "" || isBase64
        ? <p class="run__empty">{t(body === "" ? "run.answer.empty" : "run.answer.bytes")}</p>
        : <pre class="answer__body" tabIndex={0} aria-label={t("run.body")}>{body.slice(0, SHOWN_BODY)}</pre>}
      {!isBase64 && (isCut || body.length > SHOWN_BODY) && (
        <p class="run__empty">
          {t("run.answer.cut", { size: formatBytes(Math.min(body.length, SHOWN_BODY), language) })}
        </p>
      )}
    </section>
  );
}
