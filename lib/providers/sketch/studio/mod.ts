/** Sketch in the build studio: writes whole projects by rules, from the studio's prompt to its wire format. */
export { answerStudioPrompt } from "./answer.ts";
export { readStudioPrompt } from "./prompt.ts";
