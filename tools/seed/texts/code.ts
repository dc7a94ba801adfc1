// Changes of code that a bot looks at, and what it finds.
import type { Dice } from "../dice.ts";

const reviews: readonly [string, string][] = [
  [
    "--- a/src/cart.ts\n+++ b/src/cart.ts\n@@ -14,7 +14,7 @@\n export function total(lines: Line[]) {\n-  return lines.reduce((sum, line) => sum + line.cents * line.count, 0);\n+  return lines.reduce((sum, line) => sum + (line.cents / 100) * line.count, 0);\n }",
    "**src/cart.ts:16** The total was in cents and is now in euros, as a float. `0.1 + 0.2` style errors will show on invoices. Keep cents here and divide where it is shown.\n\nNo other remarks.",
  ],
  [
    "--- a/api/refund.py\n+++ b/api/refund.py\n@@ -8,6 +8,9 @@\n def refund(order_id, amount):\n+    order = db.execute(f\"select * from orders where id = '{order_id}'\").one()\n+    if amount > order.total:\n+        return None\n     gateway.refund(order_id, amount)",
    "**api/refund.py:9** The query is put together from text: an order id of `' or 1=1 --` reads the whole table. Use a parameter.\n**api/refund.py:11** Returning `None` hides the refusal from the caller. Raise `RefundTooLarge`.",
  ],
  [
    "--- a/web/list.tsx\n+++ b/web/list.tsx\n@@ -3,4 +3,4 @@\n-{items.map((item) => <Row key={item.id} {...item} />)}\n+{items.map((item, index) => <Row key={index} {...item} />)}",
    "**web/list.tsx:4** With the index as key, rows keep the wrong state when the list is sorted. `item.id` was right.",
  ],
  [
    "--- a/cmd/worker.go\n+++ b/cmd/worker.go\n@@ -20,5 +20,7 @@\n for job := range jobs {\n-    handle(job)\n+    go handle(job)\n }\n wg.Wait()",
    "**cmd/worker.go:22** Nothing bounds how many goroutines run, and `wg` does not know them. A worker pool of 8 with `wg.Add(1)` before each start does both.",
  ],
  [
    '--- a/infra/main.tf\n+++ b/infra/main.tf\n@@ -1,3 +1,3 @@\n-  ingress_cidr = "10.0.0.0/8"\n+  ingress_cidr = "0.0.0.0/0"',
    "**infra/main.tf:2** This opens the port to everybody. If it is for the demo next week, limit it to the office's address and put an end date into the comment.",
  ],
];

export function review(dice: Dice): { asked: string; answered: string } {
  const [diff, answered] = dice.pick(reviews);
  const context = dice.chance(0.4)
    ? `\n\nContext of the change:\n${"// unchanged lines of the file\n".repeat(dice.between(10, 60))}`
    : "";
  return {
    asked: `Review this change. Say only what should be changed before it is merged.\n\n${diff}${context}`,
    answered,
  };
}

export const reviewTools = [
  tool("read_file", "Read a file of the repository", { path: { type: "string" } }),
  tool("search_code", "Search the repository for a text", { text: { type: "string" } }),
];

export const ledgerTools = [
  tool("find_order", "Find an order by its number", { number: { type: "string" } }),
  tool("list_open_invoices", "Invoices that are not paid", { supplier: { type: "string" } }),
  tool("post_payment", "Pay an invoice", { number: { type: "string" }, eur: { type: "number" } }),
];

function tool(name: string, description: string, properties: object) {
  return { type: "function", function: { name, description, parameters: { type: "object", properties } } };
}
