import { PAGES } from "../javascript/pages.ts";
import { totalOf, weighPage, weighScripts } from "../javascript/page_weight.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { formatTable, withUnit } from "../report/table.ts";
import type { Section } from "../section.ts";

/** Chat pages of others, gzipped, as measured for the project's notes on its peers. */
const PEERS = [
  { name: "chat of Hugging Face chat-ui", bytes: 327_000 },
  { name: "chat of big-AGI", bytes: 698_000 },
  { name: "chat of Vercel's chatbot", bytes: 1_290_000 },
];

/** The JavaScript of each page. */
export const javascript: Section = {
  name: "javascript",
  title: "gzipped JavaScript of each page; peers as measured earlier",
  async run({ print }) {
    await build();
    await using freshet = await FreshetProcess.start();
    const rows: string[][] = [];
    for (const { name, path, budget } of PAGES) {
      const fetchPath = (path: string) => fetch(freshet.address + path);
      const { initial, lazy, workers } = await weighPage(path, fetchPath);
      const later = [...lazy, ...await weighScripts(workers, fetchPath)];
      rows.push([
        `${name} (${path})`,
        kilobytes(totalOf(initial).gzipped),
        String(initial.length),
        kilobytes(budget),
        kilobytes(totalOf(later).gzipped),
      ]);
    }
    for (const { name, bytes } of PEERS) rows.push([name, kilobytes(bytes)]);
    print(formatTable(["page", "at start", "files", "budget", "later, if needed"], rows));
  },
};

function kilobytes(bytes: number): string {
  return withUnit(bytes / 1000, "KB");
}
