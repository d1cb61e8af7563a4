export const greeting = "hello from a chunk of its own";
