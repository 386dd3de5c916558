import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Store, lacksName, readRecord, writeRecord } from "../../organizing/static/organizing/js/pages/sign_store.js";

const RECORD = {
  stage: "issued",
  step: "sign",
  device: "own",
  manifestHash: new Uint8Array(32).fill(7),
  secret: new Uint8Array(16).fill(1),
  token: new Uint8Array(384).fill(2),
  audience: "",
  unit: "AAAAAAAAAAAAAAAAAAAAAQ",
};

class Area {
  #items = new Map();

  getItem(key) {
    return this.#items.get(key) ?? null;
  }

  setItem(key, value) {
    this.#items.set(key, value);
  }

  removeItem(key) {
    this.#items.delete(key);
  }

  get size() {
    return this.#items.size;
  }
}

const switchedOff = new Proxy({}, { get: () => { throw new DOMException("switched off", "SecurityError"); } });

function areas(local, session) {
  Object.defineProperty(globalThis, "localStorage", { value: local, configurable: true });
  Object.defineProperty(globalThis, "sessionStorage", { value: session, configurable: true });
}

beforeEach(() => areas(new Area(), new Area()));

test("a record comes back as it was, byte strings included", () => {
  assert.deepEqual(readRecord(writeRecord(RECORD)), RECORD);
});

test("what is not a record is nothing", () => {
  for (const text of ["", "{", "null", "{}", '{"stage":"issued"}', '{"stage":"issued","manifestHash":"?"}']) {
    assert.equal(readRecord(text), null);
  }
});

test("on a phone of one's own the record outlives the tab", () => {
  assert.equal(new Store("p").save(RECORD), true);
  assert.deepEqual(new Store("p").load(), RECORD);
  assert.equal(sessionStorage.size, 0);
});

test("on a shared device nothing outlives the tab", () => {
  new Store("p").save({ ...RECORD, device: "shared" });
  assert.equal(localStorage.size, 0);
  assert.equal(sessionStorage.size, 1);
});

test("each petition has a record of its own", () => {
  new Store("p").save(RECORD);
  assert.equal(new Store("q").load(), null);
});

test("erasing leaves nothing but a secret that was kept on purpose", () => {
  const store = new Store("p");
  store.save(RECORD);
  store.keepSecret({ ...RECORD, stage: "kept" });
  store.erase();
  assert.equal(store.load(), null);
  assert.equal(store.loadKept().stage, "kept");
  store.eraseKept();
  assert.equal(localStorage.size + sessionStorage.size, 0);
});

test("where storage is switched off the record is kept in memory, and the page is told", () => {
  areas(switchedOff, switchedOff);
  const store = new Store("p");
  assert.equal(store.save(RECORD), false);
  assert.equal(store.load(), RECORD);
  store.erase();
  assert.equal(store.load(), null);
});

const TYPED = { name: "Ada Lovelace", jobTitle: "Analyst", site: "Engine room" };
const DRAFT = { ...RECORD, ...TYPED, stage: "draft", secret: undefined, method: 1, code: "7KQ2M9XV3RTD8WPA", address: "", audience: "organizers" };
const stored = () => localStorage.getItem("roundrobin/p");

test("nothing that was typed is stored while a signature is a draft", () => {
  const store = new Store("p");
  store.save(DRAFT);
  for (const text of [...Object.values(TYPED), DRAFT.code, "organizers", RECORD.unit]) assert.ok(!stored().includes(text), text);
  assert.equal(store.load().step, "proof");
  assert.equal(DRAFT.name, TYPED.name);
});

test("a name is stored at no stage", () => {
  for (const stage of ["issuing", "issued", "sending", "kept"]) {
    new Store("p").save({ ...DRAFT, secret: RECORD.secret, stage });
    assert.ok(stored().includes(stage));
    for (const text of Object.values(TYPED)) assert.ok(!stored().includes(text), text);
  }
});

test("whoever wanted to be named is asked again until the name is sealed", () => {
  const asked = (changes) => lacksName({ ...DRAFT, name: undefined, ...changes });
  assert.deepEqual(["draft", "issuing", "issued", "sending"].map((stage) => asked({ stage })), [false, true, true, false]);
  assert.equal(asked({ stage: "issued", audience: "" }), false);
  assert.equal(asked({ stage: "issued", name: "Ada" }), false);
});

test("a draft in another tab does not write over what a signature on its way needs", () => {
  const [first, second] = [new Store("p"), new Store("p")];
  first.save({ ...RECORD, stage: "issuing", code: DRAFT.code });
  second.save({ ...DRAFT });
  second.save({ ...DRAFT, step: "sign" });
  assert.equal(second.load().stage, "issuing");
  first.save({ ...RECORD, stage: "draft", code: DRAFT.code });
  assert.equal(second.load().stage, "draft");
  assert.ok(!stored().includes(DRAFT.code));
});
