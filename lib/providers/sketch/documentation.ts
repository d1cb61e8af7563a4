import { type Passage, PassageIndex } from "./search.ts";

/** One page of documentation, in Markdown. */
export interface DocumentationPage {
  title: string;
  /** Where it lies in the project, as shown with what is quoted from it. */
  path: string;
  text: string;
}

/** Pages, or how to read them when they are first needed. */
export type DocumentationSource =
  | readonly DocumentationPage[]
  | (() => Promise<readonly DocumentationPage[]>);

/** The part of a page below one heading. */
export interface Section extends Passage {
  path: string;
}

/** The documentation, read and indexed when it is first asked. */
export class Documentation {
  #source: DocumentationSource;
  #index: Promise<PassageIndex<Section>> | undefined;

  constructor(source: DocumentationSource) {
    this.#source = source;
  }

  /** The index of all sections. A failed reading is tried again next time. */
  index(): Promise<PassageIndex<Section>> {
    this.#index ??= this.#read().catch((error) => {
      this.#index = undefined;
      throw error;
    });
    return this.#index;
  }

  async #read(): Promise<PassageIndex<Section>> {
    const pages = typeof this.#source === "function" ? await this.#source() : this.#source;
    return new PassageIndex(pages.flatMap(sectionsOf));
  }
}

/** Cuts a page at its headings; those in code blocks are none. */
function sectionsOf({ title, path, text }: DocumentationPage): Section[] {
  const sections: Section[] = [];
  let heading = title;
  let lines: string[] = [];
  let fence = "";
  const finish = () => {
    const body = lines.join("\n").trim();
    if (body) sections.push({ title: heading, path, text: body });
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (!fence) fence = marker;
    else if (marker.startsWith(fence)) fence = "";
    const found = fence ? null : /^#{1,4}\s+(.+?)\s*#*$/.exec(line);
    if (found) {
      finish();
      heading = found[1] === title ? title : `${title} › ${found[1]}`;
    } else lines.push(line);
  }
  finish();
  return sections;
}
