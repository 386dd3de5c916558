// Writes export.bin and key.json into the folder named as argument, for tests of the opener in a real browser:
// 24 signers, some named, with one withdrawn, one replaced, one damaged, one foreign record and an impostor.
import { writeFile } from "node:fs/promises";
import { makeKeyFile } from "../../organizing/static/organizing/js/core/keyfile.js";
import { exportOf, makeCampaign, naming, obtain, signatureRecord, withdrawalRecord } from "./campaign.mjs";

const PASSPHRASE = "correct horse battery";
const PEOPLE = [
  ["Ana López", "Stockroom lead", "Leeds"],
  ["محمد الحسن", "سائق رافعة", ""],
  ["<b>Chen Wei</b>", "Packer", "Hall 4"],
  ['=HYPERLINK("http://example.com")', "-", "+1"],
  ["Benedikt Szczęsny-Wójcikiewicz", "", ""],
];

const damaged = (bytes, at) => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte));

async function record(campaign, number) {
  // Signers 0 and 3 prove the same address.
  const worker = await obtain(
    campaign,
    number % 3 === 0 ? { address: `worker${number === 3 ? 0 : number}@example.com` } : {},
  );
  const [name, jobTitle, site] = PEOPLE[number % PEOPLE.length];
  const named = number < 10 ? { organizers: naming(worker, name, { jobTitle, site }) } : {};
  return { worker, bytes: await signatureRecord(campaign, worker, { named }) };
}

const [folder] = process.argv.slice(2);
const campaign = await makeCampaign();
const signers = await Promise.all(Array.from({ length: 24 }, (_, number) => record(campaign, number)));
const records = signers.map(({ bytes }) => bytes);
records[5] = damaged(records[5], 700);
records[20] = damaged(records[20], 2);
records.push(await withdrawalRecord(campaign, signers[11].worker, 2));
records.push(await signatureRecord(campaign, signers[12].worker, { version: 2 }));
const stolen = { organizers: naming(signers[3].worker, "Impostor") };
records.push(await signatureRecord(campaign, await obtain(campaign), { named: stolen }));
await writeFile(`${folder}/export.bin`, await exportOf(campaign, records));
await writeFile(`${folder}/key.json`, await makeKeyFile({ ...campaign.key, passphrase: PASSPHRASE }));
