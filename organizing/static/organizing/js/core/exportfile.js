// Reads an export (docs/protocol.md section 17) of any size in constant memory, over `read(offset, length)`,
// so that a File of a browser and a file handle of Node serve alike. What is wrong with one record is
// reported and never stops the rest.
import { bytesToBigInt, concat, equal, exactly, isZero, toNumber, utf8 } from "./encoding.js";
import { ProtocolError } from "./errors.js";
import { parseManifest } from "./manifest.js";
import { TRAILER, WITHDRAWAL, recordSize, recordVerifier, reportedId } from "./record.js";
import { sha256 } from "../vendor.js";

const MAGIC = concat(utf8("RREXPORT"), Uint8Array.of(0, 0, 0, 1));
const MANIFEST_LIMIT = 16 * 1024 * 1024;
const CHUNK_RECORDS = 64;

/** @typedef {import("./record.js").VerifiedRecord} VerifiedRecord */
/** @typedef {(offset: number, length: number) => Promise<Uint8Array>} Reader */
/**
 * @typedef {object} ExportFile
 * @property {Reader} read
 * @property {number} size bytes
 * @property {import("./manifest.js").Manifest} manifest
 * @property {number} start offset of the first record
 * @property {number} recordBytes
 * @property {number} blocks whole blocks of `recordBytes` after the start, the trailer among them
 */
/**
 * @typedef {object} Problem
 * @property {string} code
 * @property {string} [record] 32 hexadecimal digits; absent where it concerns the file
 * @property {number} [row] from 1
 */

/**
 * @param {Reader} read
 * @param {number} size
 * @returns {Promise<ExportFile>}
 * @throws {ProtocolError} "export-magic", "export-cut" or "manifest-invalid"
 */
export async function openExport(read, size) {
  if (size < MAGIC.length + 4) throw new ProtocolError("export-magic");
  const head = await read(0, MAGIC.length + 4);
  if (!equal(head.subarray(0, MAGIC.length), MAGIC)) throw new ProtocolError("export-magic");
  const length = toNumber(head.subarray(MAGIC.length));
  const start = head.length + length;
  if (length > MANIFEST_LIMIT || start > size) throw new ProtocolError("export-cut");
  const manifest = await parseManifest(await read(head.length, length));
  const recordBytes = recordSize(manifest);
  return { read, size, manifest, start, recordBytes, blocks: Math.floor((size - start) / recordBytes) };
}

/** Yields [number of the first block, its bytes and those that follow], and feeds the hash of the whole file. */
async function* chunks(file, hash) {
  hash.update(await file.read(0, file.start));
  for (let first = 0; first < file.blocks; first += CHUNK_RECORDS) {
    const count = Math.min(CHUNK_RECORDS, file.blocks - first);
    const bytes = exactly(
      await file.read(file.start + first * file.recordBytes, count * file.recordBytes),
      count * file.recordBytes,
      "read",
    );
    yield [
      first,
      Array.from({ length: count }, (_, i) => bytes.subarray(i * file.recordBytes, (i + 1) * file.recordBytes)),
    ];
  }
}

function trailerProblems(trailer, records, digest) {
  const problems = [];
  if (bytesToBigInt(trailer.subarray(1, 9)) !== BigInt(records)) problems.push({ code: "export-count" });
  if (!equal(trailer.subarray(9, 41), digest) || !isZero(trailer.subarray(41))) problems.push({ code: "export-hash" });
  return problems;
}

/**
 * Verifies every record, in file order.
 * @param {ExportFile} file
 * @param {(problem: Problem) => void} report
 * @param {(done: number, total: number) => void} onProgress in records
 * @returns {AsyncGenerator<(VerifiedRecord & {row: number})[]>} batches, without the records that failed
 */
async function* verifiedRecords(file, report, onProgress) {
  const verifyRecord = await recordVerifier(file.manifest);
  const hash = sha256.create();
  let trailer = null;
  for await (const [first, blocks] of chunks(file, hash)) {
    if (first + blocks.length === file.blocks && blocks.at(-1)[0] === TRAILER) trailer = blocks.pop();
    for (const block of blocks) hash.update(block);
    const checked = blocks.map((bytes, i) => checkedRecord(file.manifest, verifyRecord, bytes, first + i + 1, report));
    yield (await Promise.all(checked)).filter(Boolean);
    onProgress(Math.min(first + CHUNK_RECORDS, file.blocks), file.blocks);
  }
  const whole = file.start + file.blocks * file.recordBytes === file.size;
  if (!trailer || !whole) report({ code: "export-cut" });
  else trailerProblems(trailer, file.blocks - 1, hash.digest()).forEach(report);
}

async function checkedRecord(manifest, verifyRecord, bytes, row, report) {
  try {
    return { ...(await verifyRecord(bytes)), row };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    report({ code: error.code, record: await reportedId(manifest, bytes), row });
    return null;
  }
}

/** Of two records with one nullifier the higher version stands; a withdrawal wins a tie. */
function standing(a, b) {
  if (a.version !== b.version) return a.version > b.version ? a : b;
  return b.kind === WITHDRAWAL ? b : a;
}

class OutOfOrder extends Error {}

/** Records are sorted by nullifier, so that those of one signer are neighbours and nothing is remembered. */
async function* decideSorted(batches, count) {
  let held = null;
  for await (const batch of batches) {
    const decided = [];
    for (const record of batch) {
      if (held && record.nullifier < held.nullifier) throw new OutOfOrder();
      const same = held?.nullifier === record.nullifier;
      if (same) count.replaced += 1;
      else if (held) decided.push(held);
      held = same ? standing(held, record) : record;
    }
    yield decided;
  }
  if (held) yield [held];
}

/** For a file that somebody has put out of order: two passes, and one small entry for each signer in memory. */
async function* decideUnsorted(file, onProgress, count) {
  const best = new Map();
  for await (const batch of verifiedRecords(
    file,
    () => {},
    (done, total) => onProgress(done, 2 * total),
  )) {
    for (const { nullifier, version, kind, row } of batch) {
      const held = best.get(nullifier);
      if (held) count.replaced += 1;
      best.set(nullifier, held ? standing(held, { version, kind, row }) : { version, kind, row });
    }
  }
  const second = verifiedRecords(file, count.report, (done, total) => onProgress(total + done, 2 * total));
  for await (const batch of second) yield batch.filter(({ nullifier, row }) => best.get(nullifier).row === row);
}

/**
 * What stands: for each signer one record, the highest version.
 * @param {ExportFile} file
 * @param {{onBatch: (records: VerifiedRecord[]) => Promise<void>, onRestart: () => void,
 *   onProgress?: (done: number, total: number) => void}} sink onRestart: forget every batch so far
 * @returns {Promise<{problems: Problem[], replaced: number}>}
 */
export async function readStandingRecords(file, { onBatch, onRestart, onProgress = () => {} }) {
  try {
    const count = fresh();
    for await (const batch of decideSorted(verifiedRecords(file, count.report, onProgress), count))
      await onBatch(batch);
    return count;
  } catch (error) {
    if (!(error instanceof OutOfOrder)) throw error;
  }
  onRestart();
  const count = fresh();
  count.report({ code: "export-order" });
  for await (const batch of decideUnsorted(file, onProgress, count)) await onBatch(batch);
  return count;
}

function fresh() {
  const problems = [];
  return { problems, replaced: 0, report: (problem) => problems.push(problem) };
}
