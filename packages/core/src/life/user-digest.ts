import { hash } from "node:crypto";

/**
 * All that a store keeps of an erased user: enough to know an event of theirs that arrives late, and to know nothing
 * else. SHA-256 of the user id in hexadecimal, 64 characters; whoever can guess a user id can check the guess.
 */
export const userDigest = (userId: string): string => hash("sha256", `heed erased user\0${userId}`, "hex");
