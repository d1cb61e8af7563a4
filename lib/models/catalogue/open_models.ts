import type { Capability } from "../../shared/mod.ts";

/** Tag, parameters, size in GB, and quantisation where it is not Q4_K_M. */
type Variant = readonly [tag: string, parameters: string, gigabytes: number, quantization?: string];

/** A line of the catalogue. */
export type OpenModel = readonly [
  id: string,
  title: string,
  maker: string,
  license: string,
  contextLength: number,
  capabilities: readonly Capability[],
  variants: readonly Variant[],
];

const K = 1024;
const CHAT = ["chat"] as const;
const TOOLS = ["chat", "tools"] as const;
const THINKS = ["chat", "reasoning"] as const;
const THINKS_TOOLS = ["chat", "tools", "reasoning"] as const;
const SEES = ["chat", "vision"] as const;
const SEES_TOOLS = ["chat", "vision", "tools"] as const;
const EMBEDS = ["embedding"] as const;

const LLAMA3 = "Llama Community License";
const APACHE = "Apache 2.0";
const GEMMA = "Gemma Terms of Use";

/** Well-known open models with their names in Ollama's library. */
export const OPEN_MODELS: readonly OpenModel[] = [
  ["llama3.2", "Llama 3.2", "Meta", LLAMA3, 128 * K, TOOLS, [
    ["1b", "1B", 1.3, "Q8_0"],
    ["3b", "3B", 2.0],
    ["3b-instruct-q8_0", "3B", 3.4, "Q8_0"],
    ["3b-instruct-fp16", "3B", 6.4, "F16"],
  ]],
  ["llama3.1", "Llama 3.1", "Meta", LLAMA3, 128 * K, TOOLS, [
    ["8b", "8B", 4.9],
    ["8b-instruct-q8_0", "8B", 8.5, "Q8_0"],
    ["8b-instruct-fp16", "8B", 16, "F16"],
    ["70b", "70B", 43],
    ["405b", "405B", 243],
  ]],
  ["llama3.3", "Llama 3.3", "Meta", LLAMA3, 128 * K, TOOLS, [["70b", "70B", 43]]],
  ["llama3.2-vision", "Llama 3.2 Vision", "Meta", LLAMA3, 128 * K, SEES, [
    ["11b", "11B", 7.8],
    ["90b", "90B", 55],
  ]],
  ["llama4", "Llama 4", "Meta", LLAMA3, 10_240 * K, SEES_TOOLS, [
    ["scout", "109B", 67],
    ["maverick", "400B", 245],
  ]],
  ["qwen3", "Qwen 3", "Alibaba", APACHE, 40 * K, THINKS_TOOLS, [
    ["0.6b", "0.6B", 0.523],
    ["1.7b", "1.7B", 1.4],
    ["4b", "4B", 2.5],
    ["8b", "8B", 5.2],
    ["8b-q8_0", "8B", 8.9, "Q8_0"],
    ["14b", "14B", 9.3],
    ["30b", "30B (3B active)", 19],
    ["32b", "32B", 20],
    ["235b", "235B (22B active)", 142],
  ]],
  ["qwen3-coder", "Qwen 3 Coder", "Alibaba", APACHE, 256 * K, TOOLS, [["30b", "30B (3B active)", 19]]],
  ["qwen2.5-coder", "Qwen 2.5 Coder", "Alibaba", APACHE, 32 * K, TOOLS, [
    ["0.5b", "0.5B", 0.398],
    ["1.5b", "1.5B", 0.986],
    ["7b", "7B", 4.7],
    ["14b", "14B", 9.0],
    ["32b", "32B", 20],
  ]],
  ["qwen2.5vl", "Qwen 2.5 VL", "Alibaba", APACHE, 125 * K, SEES, [
    ["7b", "7B", 6.0],
    ["32b", "32B", 21],
  ]],
  ["qwq", "QwQ", "Alibaba", APACHE, 40 * K, THINKS_TOOLS, [["32b", "32B", 20]]],
  ["gemma3", "Gemma 3", "Google", GEMMA, 128 * K, SEES, [
    ["4b", "4B", 3.3],
    ["4b-it-qat", "4B", 4.0, "Q4_0"],
    ["12b", "12B", 8.1],
    ["12b-it-qat", "12B", 8.9, "Q4_0"],
    ["27b", "27B", 17],
    ["27b-it-qat", "27B", 18, "Q4_0"],
  ]],
  ["gemma3n", "Gemma 3n", "Google", GEMMA, 32 * K, CHAT, [
    ["e2b", "2B effective", 5.6],
    ["e4b", "4B effective", 7.5],
  ]],
  ["gemma2", "Gemma 2", "Google", GEMMA, 8 * K, CHAT, [
    ["2b", "2B", 1.6, "Q4_0"],
    ["9b", "9B", 5.4, "Q4_0"],
    ["27b", "27B", 16, "Q4_0"],
  ]],
  ["gpt-oss", "gpt-oss", "OpenAI", APACHE, 128 * K, THINKS_TOOLS, [
    ["20b", "20B", 14, "MXFP4"],
    ["120b", "120B", 65, "MXFP4"],
  ]],
  ["deepseek-r1", "DeepSeek R1", "DeepSeek", "MIT", 128 * K, THINKS, [
    ["1.5b", "1.5B", 1.1],
    ["7b", "7B", 4.7],
    ["8b", "8B", 5.2],
    ["14b", "14B", 9.0],
    ["32b", "32B", 20],
    ["70b", "70B", 43],
    ["671b", "671B", 404],
  ]],
  ["deepseek-coder-v2", "DeepSeek Coder V2", "DeepSeek", "DeepSeek Model License", 160 * K, CHAT, [
    ["16b", "16B", 8.9, "Q4_0"],
    ["236b", "236B", 133, "Q4_0"],
  ]],
  ["mistral", "Mistral", "Mistral AI", APACHE, 32 * K, TOOLS, [["7b", "7B", 4.4]]],
  ["mistral-nemo", "Mistral Nemo", "Mistral AI", APACHE, 1000 * K, TOOLS, [["12b", "12B", 7.1, "Q4_0"]]],
  ["mistral-small3.2", "Mistral Small 3.2", "Mistral AI", APACHE, 128 * K, SEES_TOOLS, [["24b", "24B", 15]]],
  ["devstral", "Devstral", "Mistral AI", APACHE, 128 * K, TOOLS, [["24b", "24B", 14]]],
  ["magistral", "Magistral", "Mistral AI", APACHE, 39 * K, THINKS_TOOLS, [["24b", "24B", 14]]],
  ["mixtral", "Mixtral", "Mistral AI", APACHE, 32 * K, TOOLS, [
    ["8x7b", "8x7B", 26, "Q4_0"],
    ["8x22b", "8x22B", 80, "Q4_0"],
  ]],
  ["phi4", "Phi 4", "Microsoft", "MIT", 16 * K, CHAT, [
    ["14b", "14B", 9.1],
    ["14b-q8_0", "14B", 16, "Q8_0"],
  ]],
  ["phi4-mini", "Phi 4 Mini", "Microsoft", "MIT", 128 * K, TOOLS, [["3.8b", "3.8B", 2.5]]],
  ["phi4-reasoning", "Phi 4 Reasoning", "Microsoft", "MIT", 32 * K, THINKS, [["14b", "14B", 11]]],
  ["granite3.3", "Granite 3.3", "IBM", APACHE, 128 * K, TOOLS, [
    ["2b", "2B", 1.5],
    ["8b", "8B", 4.9],
  ]],
  ["smollm2", "SmolLM 2", "Hugging Face", APACHE, 8 * K, TOOLS, [
    ["135m", "135M", 0.271, "F16"],
    ["360m", "360M", 0.726, "F16"],
    ["1.7b", "1.7B", 1.8, "Q8_0"],
  ]],
  ["olmo2", "OLMo 2", "Ai2", APACHE, 4 * K, CHAT, [
    ["7b", "7B", 4.5],
    ["13b", "13B", 8.4],
  ]],
  ["command-r7b", "Command R7B", "Cohere", "CC BY-NC 4.0", 8 * K, TOOLS, [["7b", "7B", 5.1]]],
  ["aya-expanse", "Aya Expanse", "Cohere", "CC BY-NC 4.0", 8 * K, TOOLS, [
    ["8b", "8B", 5.1],
    ["32b", "32B", 20],
  ]],
  ["hermes3", "Hermes 3", "Nous Research", LLAMA3, 128 * K, TOOLS, [
    ["8b", "8B", 4.7, "Q4_0"],
    ["70b", "70B", 40, "Q4_0"],
  ]],
  ["codellama", "Code Llama", "Meta", "Llama 2 Community License", 16 * K, CHAT, [
    ["7b", "7B", 3.8, "Q4_0"],
    ["13b", "13B", 7.4, "Q4_0"],
    ["34b", "34B", 19, "Q4_0"],
  ]],
  ["starcoder2", "StarCoder 2", "BigCode", "BigCode OpenRAIL-M", 16 * K, CHAT, [
    ["3b", "3B", 1.7, "Q4_0"],
    ["7b", "7B", 4.0, "Q4_0"],
    ["15b", "15B", 9.1, "Q4_0"],
  ]],
  ["tinyllama", "TinyLlama", "TinyLlama", APACHE, 2 * K, CHAT, [["1.1b", "1.1B", 0.638, "Q4_0"]]],
  ["llava", "LLaVA 1.6", "LLaVA", APACHE, 32 * K, SEES, [
    ["7b", "7B", 4.7, "Q4_0"],
    ["13b", "13B", 8.0, "Q4_0"],
  ]],
  ["minicpm-v", "MiniCPM-V 2.6", "OpenBMB", "MiniCPM Model License", 32 * K, SEES, [[
    "8b",
    "8B",
    5.5,
    "Q4_0",
  ]]],
  ["nomic-embed-text", "Nomic Embed Text", "Nomic AI", APACHE, 2 * K, EMBEDS, [
    ["v1.5", "137M", 0.274, "F16"],
  ]],
  ["mxbai-embed-large", "mxbai Embed Large", "Mixedbread", APACHE, 512, EMBEDS, [
    ["335m", "335M", 0.67, "F16"],
  ]],
  ["bge-m3", "BGE-M3", "BAAI", "MIT", 8 * K, EMBEDS, [["567m", "567M", 1.2, "F16"]]],
  ["all-minilm", "all-MiniLM", "Sentence Transformers", APACHE, 512, EMBEDS, [["22m", "22M", 0.046, "F16"]]],
  ["embeddinggemma", "EmbeddingGemma", "Google", GEMMA, 2 * K, EMBEDS, [["300m", "300M", 0.622, "BF16"]]],
];
