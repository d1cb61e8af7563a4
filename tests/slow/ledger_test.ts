import { assertLedgerAddsUp } from "../ledger/books.ts";

Deno.test(
  "the ledger adds up: 10,000 calls of 20 clients over every path, some retried, left and refused",
  () => assertLedgerAddsUp(10_000, 20),
);
