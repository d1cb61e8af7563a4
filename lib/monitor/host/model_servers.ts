/** How the processes of a model server are told from others. */
interface Server {
  name: string;
  /** Of the program's own name. */
  program?: RegExp;
  /** Anywhere in its command line, for servers that an interpreter runs. */
  command?: RegExp;
}

const SERVERS: readonly Server[] = [
  { name: "Ollama", program: /^ollama(\.exe)?$/i },
  {
    name: "LM Studio",
    program: /^(lm[ -]studio|lms|llmster)(\.exe|\.appimage| helper.*)?$/i,
    command: /\.lmstudio\//,
  },
  { name: "LocalAI", program: /^local-?ai(\.exe)?$/i, command: /\/localai\/|\blocal-ai\b/i },
  {
    name: "Text Generation WebUI",
    command: /text-generation-webui|oobabooga/i,
  },
  {
    name: "Text Generation Inference",
    program: /^text-generation-(launcher|router|server|benchmark)/,
    command: /\btext-generation-(launcher|router|server)\b/,
  },
  { name: "vLLM", program: /^VLLM::/i, command: /\bvllm(\.entrypoints|\s+serve\b|\/entrypoints)|\bVLLM::/ },
  { name: "SGLang", command: /\bsglang(\.launch_server|::)/ },
  {
    name: "llama.cpp",
    program: /^(llama-server|llama-cpp-server|llamafile)(\.exe)?$/i,
    command: /\bllama_cpp\.server\b/,
  },
  { name: "KoboldCpp", program: /^koboldcpp/i, command: /\bkoboldcpp\.py\b/ },
  { name: "MLX", command: /\bmlx_lm[.\s]server\b/ },
  { name: "TabbyAPI", command: /\btabbyAPI\//i },
];

/** Programs that show others, in whose arguments the name of a server may well stand. */
const ONLOOKERS = /^(ps|grep|egrep|rg|less|tail|vi|vim|nvim|nano|man|journalctl|systemctl|curl|pgrep|watch)$/;

/** The model server that a process belongs to, or undefined. */
export function serverOf(command: string): string | undefined {
  const program = programOf(command);
  if (ONLOOKERS.test(program)) return undefined;
  const found = SERVERS.find((server) => server.program?.test(program) || server.command?.test(command));
  return found?.name;
}

/** Names with a space in them are those of LM Studio: "/Applications/LM Studio.app/Contents/MacOS/LM Studio". */
function programOf(command: string): string {
  const studio = command.match(/[\\/](LM[ -]Studio(?: Helper[^/\\]*)?)(?:\s|$)/i)?.[1];
  if (studio) return studio;
  const [first = ""] = command.trim().split(/\s+/);
  return first.split(/[\\/]/).at(-1) ?? "";
}
