// Opens an export for one audience: counts by class, named rows, and what could not be used.
import { equal } from "./encoding.js";
import { envelopeInfo, importSeed, open, readSlot } from "./envelope.js";
import { ProtocolError } from "./errors.js";
import { openExport, readStandingRecords } from "./exportfile.js";
import { SLOT_BYTES } from "./manifest.js";
import { markRepeated, namedRow } from "./naming.js";
import { WITHDRAWAL } from "./record.js";

/**
 * @typedef {object} ClassTotal signatures that stand
 * @property {number} anonymous gave this audience no name
 * @property {number} named
 * @property {number} unreadable count, but their slot for this audience is damaged
 */
/**
 * @typedef {object} Opened
 * @property {import("./manifest.js").Manifest} manifest
 * @property {{A: ClassTotal, B: ClassTotal}} totals
 * @property {number} withdrawn
 * @property {number} replaced records that a higher version of the same signature superseded
 * @property {import("./naming.js").NamedRow[]} named
 * @property {import("./exportfile.js").Problem[]} problems
 */

const emptyTotal = () => ({ anonymous: 0, named: 0, unreadable: 0 });
const emptyResult = () => ({ totals: { A: emptyTotal(), B: emptyTotal() }, withdrawn: 0, named: [], unreadable: [] });

/**
 * @param {object} given
 * @param {import("./exportfile.js").Reader} given.read
 * @param {number} given.size
 * @param {import("./keyfile.js").AudienceKey} given.key from `openKeyFile`
 * @param {(done: number, total: number) => void} [given.onProgress]
 * @returns {Promise<Opened>}
 * @throws {ProtocolError} "export-magic", "export-cut", "manifest-invalid", or "key-foreign" where the key
 *   is not one of this petition
 */
export async function openForAudience({ read, size, key, onProgress }) {
  const file = await openExport(read, size);
  const opener = await slotOpener(file.manifest, key);
  let result = emptyResult();
  const { problems, replaced } = await readStandingRecords(file, {
    onBatch: async (records) => {
      await Promise.all(records.map((record) => take(result, opener, record)));
    },
    onRestart: () => {
      result = emptyResult();
    },
    onProgress,
  });
  const { unreadable, named, ...rest } = result;
  named.sort((a, b) => (a.record < b.record ? -1 : 1));
  return {
    ...rest,
    manifest: file.manifest,
    replaced,
    named: markRepeated(named),
    problems: [...problems, ...unreadable],
  };
}

async function slotOpener(manifest, { audience, publicKey, seed }) {
  const slot = manifest.audiences.findIndex(({ id, key }) => id === audience && equal(key, publicKey));
  if (slot < 0) throw new ProtocolError("key-foreign", { audience });
  const recipient = await importSeed(seed);
  return async (record) => {
    const sealed = record.envelope.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES);
    const plain = readSlot(await open(recipient, envelopeInfo(manifest.hash, audience, record.publicKey), sealed));
    return plain && namedRow(manifest, record, plain);
  };
}

async function take(result, opener, record) {
  if (record.kind === WITHDRAWAL) {
    result.withdrawn += 1;
    return;
  }
  const total = result.totals[record.issuerClass];
  try {
    const row = await opener(record);
    total[row ? "named" : "anonymous"] += 1;
    if (row) result.named.push(row);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    total.unreadable += 1;
    result.unreadable.push({ code: error.code, record: record.nullifier.slice(0, 32), row: record.row });
  }
}
