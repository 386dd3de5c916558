import assert from "node:assert/strict";
import { test } from "node:test";
import { csvCell, csvFile } from "../../organizing/static/organizing/js/core/csv.js";

test("no cell is a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x", " =1", "＝1", "\u200b=1"]) {
    assert.ok(csvCell(text).replace(/^"/, "").startsWith("'"), JSON.stringify(text));
  }
  assert.equal(csvCell("Ana-Lucía"), "Ana-Lucía");
});

test("quotes, commas and line ends are quoted (RFC 4180)", () => {
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell("a\nb"), '"a\nb"');
  assert.equal(csvCell(null), "");
  assert.equal(csvCell(0), "0");
});

test("a file starts with the byte order mark and ends its lines with CR LF", () => {
  assert.equal(
    csvFile(
      ["name", "n"],
      [
        ["علي", 2],
        ["=x", 3],
      ],
    ),
    "\ufeffname,n\r\nعلي,2\r\n'=x,3\r\n",
  );
});
