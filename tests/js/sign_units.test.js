import assert from "node:assert/strict";
import { test } from "node:test";
import { fits } from "../../organizing/static/organizing/js/pages/sign_units.js";

test("a part of the workplace is found by words in any order", () => {
  assert.ok(fits("night north", "North / Warehouse / Night"));
  assert.ok(fits("  ", "North"));
  assert.ok(!fits("night south", "North / Warehouse / Night"));
});

test("accents and capitals do not matter", () => {
  assert.ok(fits("almacen", "Almacén"));
  assert.ok(fits("ALMACÉN", "almacen"));
  assert.ok(fits("مستودع", "المُستودع"));
});
