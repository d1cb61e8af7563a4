import { type ChatRequest, type PromptMessage, STUDIO_MARKER } from "../../shared/mod.ts";
import { documentationAnswer, fallbackAnswer, filesAnswer } from "./answers/documentation.ts";
import { greetingAnswer, helpAnswer, isGreeting, isHelp } from "./answers/help.ts";
import { sampleText, sampleWords } from "./answers/sample_text.ts";
import { showcaseAnswer } from "./answers/showcase.ts";
import { structuredAnswer } from "./answers/structured.ts";
import { asksForTitle, titleAnswer } from "./answers/title.ts";
import { arithmeticIn, type WantedCall, wantedCalls } from "./answers/tool_calls.ts";
import { lastToolResults, toolResultsAnswer } from "./answers/tool_results.ts";
import { withFooter } from "./about.ts";
import { attachedFiles, hasImage, personText, systemText } from "./conversation.ts";
import {
  defaultDirectives,
  type Directives,
  readDirectives,
  repeatedText,
  withoutDirectives,
} from "./directives.ts";
import type { Documentation } from "./documentation.ts";
import { textOf } from "../prompt.ts";
import { answerStudioPrompt, readStudioPrompt } from "./studio/mod.ts";

/** A whole answer, before it is streamed, with how to stream it. */
export interface Answer {
  text: string;
  toolCalls: WantedCall[];
  directives: Directives;
}

const CONTINUE = /^Continue your last message exactly where it stopped/;
const MANY_WORDS = /\b(?:write|give me|generate)\b.{0,20}?\b(\d{2,6}) words\b/i;
const MAX_WORDS = 100_000;
const DEFAULT_SEED = 1;
/** Projects are long: at the pace of a chat they would take minutes. */
const PROJECT_PACE_MS = 4;

/** Finds the answer to a request. The same request always gets the same answer. */
export async function compose(request: ChatRequest, documentation: Documentation): Promise<Answer> {
  const { messages, responseFormat } = request;
  // The conversation that a title is wanted for may hold directives, which are not meant for the title.
  if (asksForTitle(systemText(messages))) {
    return { text: titleAnswer(personText(messages)), toolCalls: [], directives: defaultDirectives(0) };
  }
  if (systemText(messages).startsWith(STUDIO_MARKER)) return await composeProject(request);
  const directives = readDirectives(messages);
  const say = (text: string): Answer => ({ text, toolCalls: [], directives });
  if (lastToolResults(messages).length > 0) return say(toolResultsAnswer(messages));
  const scripted = scriptedText(directives, request.seed);
  if (scripted !== undefined) return say(scripted);
  const question = withoutDirectives(personText(messages));
  const toolCalls = wantedCalls(request, question);
  if (toolCalls.length > 0) return { text: "", toolCalls, directives };
  if (responseFormat && responseFormat.type !== "text") {
    return say(structuredAnswer(responseFormat, question));
  }
  if (CONTINUE.test(question)) return say(await restOfAnswer(request, documentation));
  return say(await plainAnswer(request, question, documentation));
}

/** The answer to a prompt of the build studio. Files of a project may hold directives, which are not meant for this answer. */
async function composeProject({ messages, seed }: ChatRequest): Promise<Answer> {
  const prompt = readStudioPrompt(personText(messages));
  const request: PromptMessage = { role: "user", content: [{ type: "text", text: prompt.request }] };
  const directives = readDirectives(
    [...messages.filter(({ role }) => role === "system"), request],
    PROJECT_PACE_MS,
  );
  const text = scriptedText(directives, seed) ??
    await answerStudioPrompt({ ...prompt, request: withoutDirectives(prompt.request) }, {
      image: hasImage(messages),
    });
  return { text, toolCalls: [], directives };
}

/** What a directive asks to be said. */
function scriptedText({ say, repeat, long }: Directives, seed = DEFAULT_SEED): string | undefined {
  if (say !== undefined) return say;
  if (repeat) return repeatedText(repeat);
  return long === undefined ? undefined : sampleText(long, seed);
}

async function plainAnswer(
  request: ChatRequest,
  question: string,
  documentation: Documentation,
): Promise<string> {
  const { messages, seed } = request;
  if (isHelp(question)) return helpAnswer();
  if (isGreeting(question)) return greetingAnswer();
  const words = MANY_WORDS.exec(question)?.[1];
  if (words) return sampleWords(Math.min(Number(words), MAX_WORDS), seed ?? DEFAULT_SEED);
  const shown = showcaseAnswer(question);
  if (shown) return shown;
  const files = attachedFiles(messages);
  if (files.length > 0) return filesAnswer(files, question);
  const expression = arithmeticIn(question);
  if (expression) {
    return withFooter(`I calculate with the calculator tool only. Switch it on to get ${expression}.`);
  }
  const isAboutImage = hasImage(messages);
  const found = isAboutImage ? undefined : await documentationAnswer(documentation, question);
  return found ?? fallbackAnswer(question, { image: isAboutImage });
}

/** What is missing of an answer that was stopped: the whole is found anew, since the same question has the same answer. */
async function restOfAnswer(request: ChatRequest, documentation: Documentation): Promise<string> {
  const end = request.messages.findLastIndex(({ role }) => role === "user");
  const start = request.messages.findLastIndex(({ role }, i) => i < end && role === "user");
  const begun = request.messages.slice(start + 1, end).map(writtenText).join("");
  const messages = request.messages.slice(0, start + 1);
  if (start < 0) return withFooter("There is nothing to continue.");
  const { text } = await compose({ ...request, messages }, documentation);
  return text.startsWith(begun) && text.length > begun.length ? text.slice(begun.length) : "";
}

function writtenText({ role, content }: PromptMessage): string {
  return role === "assistant" ? textOf(content) : "";
}
