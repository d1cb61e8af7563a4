/** A conversation in the shape of ChatGPT's export: a question that was edited, an answer in steps, thoughts, an image. */
export const CHATGPT_CONVERSATION = {
  title: "Rivers of Europe",
  create_time: 1_699_564_800.123,
  update_time: 1_699_568_400.5,
  mapping: {
    "client-created-root": { id: "client-created-root", message: null, parent: null, children: ["sys"] },
    sys: node("sys", "client-created-root", ["q1", "q2"], {
      author: { role: "system", name: null, metadata: {} },
      content: { content_type: "text", parts: [""] },
      metadata: { is_visually_hidden_from_conversation: true },
    }),
    q1: node("q1", "sys", ["a1"], {
      author: { role: "user" },
      create_time: 1_699_564_801,
      content: { content_type: "text", parts: ["Longest river?"] },
      metadata: { attachments: [{ id: "file-9", name: "notes.pdf", mime_type: "application/pdf" }] },
    }),
    a1: node("a1", "q1", [], {
      author: { role: "assistant" },
      create_time: 1_699_564_810,
      content: { content_type: "text", parts: ["The Volga."] },
      metadata: { model_slug: "gpt-4", finish_details: { type: "stop" } },
      recipient: "all",
    }),
    q2: node("q2", "sys", ["think"], {
      author: { role: "user" },
      create_time: 1_699_564_900,
      content: {
        content_type: "multimodal_text",
        parts: [
          {
            content_type: "image_asset_pointer",
            asset_pointer: "file-service://file-7",
            size_bytes: 1,
            width: 1,
          },
          "Which river is this?",
        ],
      },
      metadata: { attachments: [{ id: "file-7", name: "<b>river</b>.png", mime_type: "image/png" }] },
    }),
    think: node("think", "q2", ["call"], {
      author: { role: "assistant" },
      content: {
        content_type: "thoughts",
        thoughts: [{ summary: "Looking", content: "It bends like the Rhine." }],
      },
      metadata: { model_slug: "o3" },
    }),
    call: node("call", "think", ["result"], {
      author: { role: "assistant" },
      content: { content_type: "code", language: "unknown", text: 'search("Rhine")' },
      recipient: "web",
      metadata: { model_slug: "o3" },
    }),
    result: node("result", "call", ["a2"], {
      author: { role: "tool", name: "web" },
      content: { content_type: "execution_output", text: "…" },
      metadata: {},
    }),
    a2: node("a2", "result", [], {
      author: { role: "assistant" },
      create_time: 1_699_564_950.75,
      content: {
        content_type: "text",
        parts: ["The Rhine \u{e200}cite\u{e202}turn0search0\u{e201}at Boppard."],
      },
      metadata: { model_slug: "o3" },
      recipient: "all",
    }),
  },
  moderation_results: [],
  current_node: "a2",
  conversation_id: "6551f1c0-0000-4000-8000-000000000001",
  id: "6551f1c0-0000-4000-8000-000000000001",
};

function node(id: string, parent: string, children: string[], message: Record<string, unknown>) {
  return {
    id,
    parent,
    children,
    message: {
      id,
      create_time: null,
      update_time: null,
      status: "finished_successfully",
      weight: 1,
      ...message,
    },
  };
}
