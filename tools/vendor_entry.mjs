// Everything that the browser modules take from npm, and nothing else: the one door for foreign code.
export { Aes256Gcm, CipherSuite, HkdfSha256, HpkeError } from "@hpke/core";
export { XWing } from "@hpke/hybridkem-x-wing";
export { ed25519 } from "@noble/curves/ed25519.js";
export { scryptAsync } from "@noble/hashes/scrypt.js";
export { sha256, sha512 } from "@noble/hashes/sha2.js";
export { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
export { wordlist as englishWords } from "@scure/bip39/wordlists/english.js";
