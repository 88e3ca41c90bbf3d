/** SHA-256, by which names, secrets, keys, files and records are known. Knows nothing of what it is for. */
package chat.foyer.digest;
