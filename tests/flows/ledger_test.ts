import { assertLedgerAddsUp } from "../ledger/books.ts";

Deno.test(
  "the ledger adds up: 600 calls of 20 clients over every path, some retried, left and refused",
  () => assertLedgerAddsUp(600, 20),
);
