import type { DiffRows } from "../../lib/client/studio/diff/rows.ts";
import type {
  FoldRow,
  InlineRow,
  LineEnding,
  RowLine,
  SideBySideRow,
  TextRange,
} from "../../lib/diff/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { memo } from "../memo.ts";

type Kind = "same" | "added" | "removed" | "changed";

/** Two texts as a table: in one column with both line numbers, or in two columns. */
export const DiffTable = memo(function DiffTable({ t, rows, current, onOpenFold }: {
  t: Translate;
  rows: DiffRows;
  /** The row at which the chosen change begins; -1 for none. */
  current: number;
  onOpenFold: (newLine: number) => void;
}) {
  const columns = rows.view === "inline" ? 4 : 6;
  const fold = (row: FoldRow) => (
    <Fold
      key={`fold${row.newLine}`}
      t={t}
      row={row}
      columns={columns}
      onOpen={() => onOpenFold(row.newLine)}
    />
  );
  return (
    <table class={`diff-table diff-table--${rows.view}`}>
      {rows.view !== "inline" && <SplitColumns />}
      <tbody>
        {rows.view === "inline"
          ? rows.rows.map((row, i) =>
            row.kind === "fold" ? fold(row) : <InlineLine key={i} t={t} row={row} isCurrent={i === current} />
          )
          : rows.rows.map((row, i) =>
            row.kind === "fold" ? fold(row) : <SplitLine key={i} t={t} row={row} isCurrent={i === current} />
          )}
      </tbody>
    </table>
  );
});

/** A fixed table takes its widths from here, not from its first row, which may be a fold. */
function SplitColumns() {
  const side = (
    <>
      <col class="diff-column--number" />
      <col class="diff-column--sign" />
      <col />
    </>
  );
  return <colgroup>{side}{side}</colgroup>;
}

const InlineLine = memo(function InlineLine({ t, row, isCurrent }: {
  t: Translate;
  row: Exclude<InlineRow, FoldRow>;
  isCurrent: boolean;
}) {
  const { kind, oldLine, newLine, text, ending, ranges } = row;
  const side = newLine === undefined ? "before" : "after";
  return (
    <tr class={`diff-row diff-row--${kind} diff-row--${side}`} data-current={isCurrent ? "" : undefined}>
      <td class="diff-number">{oldLine}</td>
      <td class="diff-number">{newLine}</td>
      <Sign t={t} kind={kind} side={side} />
      <Text t={t} text={text} ranges={ranges} ending={ending} />
    </tr>
  );
});

const SplitLine = memo(function SplitLine({ t, row, isCurrent }: {
  t: Translate;
  row: Exclude<SideBySideRow, FoldRow>;
  isCurrent: boolean;
}) {
  const { kind, before, after } = row;
  return (
    <tr class={`diff-row diff-row--${kind}`} data-current={isCurrent ? "" : undefined}>
      <Side t={t} kind={kind} side="before" line={before} />
      <Side t={t} kind={kind} side="after" line={after} />
    </tr>
  );
});

function Side({ t, kind, side, line }: {
  t: Translate;
  kind: Kind;
  side: "before" | "after";
  line: RowLine | undefined;
}) {
  if (!line) {
    return (
      <>
        <td class="diff-number diff-gap" />
        <td class="diff-row__sign diff-gap" />
        <td class="diff-text diff-gap" />
      </>
    );
  }
  return (
    <>
      <td class="diff-number">{line.line}</td>
      <Sign t={t} kind={kind} side={side} />
      <Text t={t} text={line.text} ranges={line.ranges} ending={line.ending} />
    </>
  );
}

/** What colours say is said by a sign and a word too. */
function Sign({ t, kind, side }: { t: Translate; kind: Kind; side: "before" | "after" }) {
  if (kind === "same") return <td class="diff-row__sign" />;
  const sign = kind === "added" ? "+" : kind === "removed" ? "−" : side === "before" ? "−" : "+";
  return (
    <td class="diff-row__sign">
      <span aria-hidden="true">{sign}</span>
      <span class="visually-hidden">{t(`diff.line.${kind}`)}</span>
    </td>
  );
}

function Text({ t, text, ranges, ending }: {
  t: Translate;
  text: string;
  ranges: TextRange[] | undefined;
  ending: LineEnding | undefined;
}) {
  return (
    <td class="diff-text">
      {ranges ? marked(text, ranges) : text}
      {ending && (ranges || ending === "none") && (
        <span class="diff-ending" title={t(`diff.ending.${ending}`)}>
          <span aria-hidden="true">{ending === "crlf" ? "␍" : "⊘"}</span>
          <span class="visually-hidden">{t(`diff.ending.${ending}`)}</span>
        </span>
      )}
    </td>
  );
}

/** The text with what is not in its partner marked. */
function marked(text: string, ranges: readonly TextRange[]) {
  let at = 0;
  const parts = ranges.flatMap(([start, end]) => {
    const before = text.slice(at, start);
    at = end;
    return [before, <mark key={start} class="diff-mark">{text.slice(start, end)}</mark>];
  });
  return [...parts, text.slice(at)];
}

function Fold({ t, row, columns, onOpen }: {
  t: Translate;
  row: FoldRow;
  columns: number;
  onOpen: () => void;
}) {
  return (
    <tr class="diff-row diff-row--fold">
      <td colSpan={columns}>
        <button type="button" class="diff-fold" onClick={onOpen}>
          <Icon name="chevron-down" />
          {row.count === 1 ? t("diff.fold.one") : t("diff.fold.many", { count: row.count })}
        </button>
      </td>
    </tr>
  );
}
