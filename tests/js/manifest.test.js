import assert from "node:assert/strict";
import { before, test } from "node:test";
import { b64u, utf8 } from "../../organizing/static/organizing/js/core/encoding.js";
import { issuerFor, parseManifest, sendSize } from "../../organizing/static/organizing/js/core/manifest.js";
import { makeCampaign } from "./campaign.mjs";

let json;
before(async () => {
  ({ json } = await makeCampaign({ classB: false, audienceIds: ["organizers", "press"] }));
});

const parse = (changes) => parseManifest(utf8(JSON.stringify({ ...json, ...changes })));

test("the sizes of the protocol: one audience 4096 bytes, two 6144", () => {
  assert.deepEqual([sendSize(1), sendSize(2), sendSize(3)], [4096, 6144, 9216]);
});

test("a manifest is hashed as it came, unknown keys and all", async () => {
  const [plain, more] = [await parse({}), await parse({ later: true })];
  assert.notDeepEqual(plain.hash, more.hash);
  assert.deepEqual(
    more.audiences.map(({ id }) => id),
    ["organizers", "press"],
  );
});

test("a method without its issuer, or not allowed, is refused", async () => {
  const manifest = await parse({});
  assert.equal(issuerFor(manifest, 1).class, "A");
  for (const method of [0, 2, 3]) assert.throws(() => issuerFor(manifest, method), { code: "method" });
  const closed = await parse({ methods: [] });
  assert.throws(() => issuerFor(closed, 1), { code: "method" });
});

test("anything that is not as the protocol says is refused, with the key that is wrong", async () => {
  const even = b64u(new Uint8Array(384).fill(254));
  const wrong = [
    { format: "roundrobin-manifest/2" },
    { petition: "short" },
    { issuers: [{ class: "A", n: even }] },
    { issuers: [json.issuers[0], json.issuers[0]] },
    { issuers: [{ class: "C", n: json.issuers[0].n }] },
    { attestation_key: "AAAA" },
    { audiences: [] },
    { audiences: [{ ...json.audiences[0], id: "Organizers" }, json.audiences[1]] },
    { audiences: [json.audiences[0], json.audiences[0]] },
    { units: [{ id: b64u(new Uint8Array(16)), name: "None" }] },
    { texts: null },
    { opens: "2026-01-01" },
    { sending_origin: "https://example.org/path" },
    { sizes: { ...json.sizes, send: 4096 } },
    { k: 0 },
  ];
  for (const changes of wrong) {
    const key = Object.keys(changes)[0];
    await assert.rejects(
      parse(changes),
      (error) => error.code === "manifest-invalid" && error.details.key === key,
      key,
    );
  }
  for (const text of ["", "[]x", "null", "\xff"])
    await assert.rejects(parseManifest(utf8(text)), { code: "manifest-invalid" });
  await assert.rejects(parseManifest(Uint8Array.of(255, 254)), { code: "manifest-invalid" });
});
