// A credential in a file, for signing on another day: written and read on the phone, never sent.
import { equal } from "../core/encoding.js";
import { readRecord, writeRecord } from "./sign_store.js";
import { sentence } from "./sign_page.js";

const LARGEST = 100_000;

/** @param {import("./sign_store.js").SigningRecord} record */
export function saveFile(record) {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(new Blob([writeRecord(record)], { type: "application/json" }));
  anchor.download = sentence("file-name");
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}

/**
 * @param {File} file
 * @param {Uint8Array} manifestHash
 * @returns {Promise<import("./sign_store.js").SigningRecord|null>} null where it is not a credential for this petition
 */
export async function openFile(file, manifestHash) {
  if (file.size > LARGEST) return null;
  const record = readRecord(await file.text());
  const complete = record?.stage === "issued" && record.secret?.length === 16 && record.token?.length === 384;
  return complete && equal(record.manifestHash, manifestHash) ? record : null;
}
