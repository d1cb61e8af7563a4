import { z } from "zod";
import { FreshetError } from "../shared/mod.ts";
import { defineTool, type Tool } from "./tool.ts";

/** How much is read in one call, in characters. */
const PAGE_LENGTH = 16_000;
const MAX_HITS = 20;
/** Lines shown above and below a hit. */
const LINES_AROUND = 2;

interface AttachedText {
  name: string;
  text: string;
}

/** Lists, searches and reads the files of the chat, for texts that are too long for the prompt. */
export function readAttachmentTool(): Tool {
  return defineTool({
    name: "read_attachment",
    title: "Read attached files",
    description:
      "Reads the files attached to this chat. Without arguments it lists them; with a query it finds the lines that " +
      "contain it; with a name it reads that file, from an offset on.",
    parameters: z.object({
      name: z.string().max(300).optional().describe("The name of the file to read or search"),
      query: z.string().max(300).optional().describe("Words to look for; upper and lower case are the same"),
      offset: z.number().int().min(0).optional().describe(
        "The character at which to start reading, default 0",
      ),
    }),
    async run({ name, query, offset = 0 }, context) {
      const files = await context.readAttachments();
      if (files.length === 0) return "No files are attached to this chat.";
      const chosen = name ? [find(files, name)] : files;
      if (query?.trim()) return search(chosen, query.trim());
      return name ? chosen.map((file) => read(file, offset)).join("") : list(files);
    },
  });
}

function find(files: readonly AttachedText[], name: string): AttachedText {
  const wanted = name.toLowerCase();
  const file = files.find((file) => file.name === name) ??
    files.find((file) => file.name.toLowerCase().includes(wanted));
  if (file) return file;
  const names = files.map((file) => file.name).join(", ");
  throw new FreshetError("not_found", `There is no attached file named ${name}; there are ${names}`);
}

function list(files: readonly AttachedText[]): string {
  return files.map(({ name, text }) => `${name}: ${text.length} characters, ${text.split("\n").length} lines`)
    .join("\n");
}

function read({ name, text }: AttachedText, offset: number): string {
  const page = text.slice(offset, offset + PAGE_LENGTH);
  const end = offset + page.length;
  const more = end < text.length ? `; go on with offset ${end}` : "";
  return `${name}, characters ${offset} to ${end} of ${text.length}${more}\n\n${page}`;
}

function search(files: readonly AttachedText[], query: string): string {
  const hits = files.flatMap((file) => searchFile(file, query.toLowerCase()));
  if (hits.length === 0) return `"${query}" was not found.`;
  const more = hits.length > MAX_HITS ? `\n\n${hits.length - MAX_HITS} more hits are not shown.` : "";
  return hits.slice(0, MAX_HITS).join("\n\n") + more;
}

function searchFile({ name, text }: AttachedText, query: string): string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, i) => {
    if (!line.toLowerCase().includes(query)) return [];
    const around = lines.slice(Math.max(0, i - LINES_AROUND), i + LINES_AROUND + 1);
    return `${name}, line ${i + 1}:\n${around.map((text) => text.slice(0, 500)).join("\n")}`;
  });
}
