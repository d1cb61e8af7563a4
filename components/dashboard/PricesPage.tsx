import { formatDay, formatNumber } from "../../lib/client/format.ts";
import type { ErrorBody, PriceTable } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { BackLink } from "../layout/BackLink.tsx";
import type { PriceDraft } from "./price_draft.ts";

/** What the prices are rendered from. */
export interface PricesPageData {
  /** The version that is shown. */
  table: Omit<PriceTable, "prices">;
  drafts: PriceDraft[];
  /** All versions, newest first. */
  versions: Omit<PriceTable, "prices">[];
  nodes: { id: string; name: string }[];
  canEdit: boolean;
  note: string;
  problem: ErrorBody | null;
  isSaved: boolean;
}

interface Props {
  data: PricesPageData;
  t: Translate;
  language: string;
}

/** What models cost, to be changed: a form that works without a script. */
export function PricesPage({ data, t, language }: Props) {
  const { table, versions, canEdit, problem } = data;
  const isOld = table.version !== versions[0]?.version;
  return (
    <div class="dashboard dashboard--narrow">
      <nav>
        <BackLink href="/dashboard" label={t("dashboard.back")} />
      </nav>
      <h1>{t("prices.title")}</h1>
      <p class="muted">{t("prices.hint")}</p>
      <p>
        {t("prices.version", { version: table.version, at: formatDay(table.at, language) })},{" "}
        {t(table.origin === "shipped" ? "prices.shipped" : "prices.own", {
          on: formatDay(Date.parse(table.shippedOn), language),
        })}
        {table.note && <>. {table.note}</>}
      </p>
      {isOld && (
        <p class="badge badge--warning">
          {t("prices.older", { version: table.version })}{" "}
          <a href="/dashboard/prices">{t("prices.current")}</a>
        </p>
      )}
      {data.isSaved && !problem && <p role="status">{t("prices.saved", { version: table.version })}</p>}
      {problem && (
        <div class="problem" role="alert">
          <Icon name="circle-alert" />
          <div>
            <p class="problem__message">{problem.message}</p>
            {problem.hint && <p class="problem__hint">{problem.hint}</p>}
          </div>
        </div>
      )}
      <Table data={data} t={t} canEdit={canEdit && !isOld} />
      <Versions data={data} t={t} language={language} />
    </div>
  );
}

function Table({ data, t, canEdit }: Pick<Props, "data" | "t"> & { canEdit: boolean }) {
  return (
    <form class="dashboard-card" method="post" action="/dashboard/prices">
      <input type="hidden" name="version" value={String(data.table.version)} />
      <div class="prices__scroll" tabIndex={0} role="region" aria-label={t("prices.title")}>
        <table class="prices">
          <thead>
            <tr>
              <th scope="col">{t("prices.model")}</th>
              <th scope="col">{t("prices.where")}</th>
              <th scope="col">{t("prices.input")}</th>
              <th scope="col">{t("prices.output")}</th>
              <th scope="col">{t("prices.cached")}</th>
            </tr>
          </thead>
          <tbody>
            {data.drafts.map((draft, i) => (
              <Row key={i} draft={draft} number={i + 1} nodes={data.nodes} t={t} canEdit={canEdit} />
            ))}
          </tbody>
        </table>
      </div>
      {canEdit && (
        <div class="prices__actions">
          <label class="field">
            <span class="field__label">{t("prices.note")}</span>
            <input class="field__control" name="note" value={data.note} maxLength={200} />
          </label>
          <button type="submit" class="button button--primary" name="intent" value="save">
            <Icon name="save" />
            {t("prices.save")}
          </button>
          <button type="submit" class="button" name="intent" value="reset" formNoValidate>
            {t("prices.reset")}
          </button>
        </div>
      )}
      {canEdit && <p class="field__hint">{t("prices.remove")}</p>}
    </form>
  );
}

function Row({ draft, number, nodes, t, canEdit }: {
  draft: PriceDraft;
  number: number;
  nodes: PricesPageData["nodes"];
  t: Translate;
  canEdit: boolean;
}) {
  const row = draft.model === "" ? t("prices.new") : draft.model;
  const field = (name: "model" | "input" | "output" | "cached", label: string) => (
    <input
      class="field__control"
      name={name}
      value={draft[name]}
      aria-label={`${label}, ${row}, ${t("prices.row", { number })}`}
      maxLength={300}
      readOnly={!canEdit}
      {...(name === "model" ? {} : { inputMode: "decimal" as const })}
    />
  );
  return (
    <tr>
      <td>{field("model", t("prices.model"))}</td>
      <td>
        <select
          class="field__control"
          name="where"
          aria-label={`${t("prices.where")}, ${row}, ${t("prices.row", { number })}`}
          disabled={!canEdit}
        >
          <option value="">{t("prices.where.hosted")}</option>
          <option value="any" selected={draft.where === "any"}>{t("prices.where.any")}</option>
          {withOwn(nodes, draft.where).map(({ id, name }) => (
            <option key={id} value={id} selected={id === draft.where}>{name}</option>
          ))}
        </select>
      </td>
      <td>{field("input", t("prices.input"))}</td>
      <td>{field("output", t("prices.output"))}</td>
      <td>{field("cached", t("prices.cached"))}</td>
    </tr>
  );
}

/** A price may be of a node that is gone. */
function withOwn(nodes: PricesPageData["nodes"], where: string): PricesPageData["nodes"] {
  const isKnown = where === "" || where === "any" || nodes.some(({ id }) => id === where);
  return isKnown ? nodes : [...nodes, { id: where, name: where }];
}

function Versions({ data: { versions, table }, t, language }: Props) {
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t("prices.history")}</h2>
      <ul class="prices__versions">
        {versions.map(({ version, at, origin, shippedOn, note }) => (
          <li key={version}>
            <a
              href={`/dashboard/prices?version=${version}`}
              {...(version === table.version ? { "aria-current": "true" as const } : {})}
            >
              {t("prices.version", {
                version: formatNumber(version, language, 0),
                at: formatDay(at, language),
              })}
            </a>, {t(origin === "shipped" ? "prices.shipped" : "prices.own", {
              on: formatDay(Date.parse(shippedOn), language),
            })}
            {note && <>. {note}</>}
          </li>
        ))}
      </ul>
    </section>
  );
}
