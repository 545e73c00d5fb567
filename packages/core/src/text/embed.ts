/**
 * Turns texts into vectors of numbers, one a text and all of one length, so that texts of like meaning lie close
 * together: an embedding model that the host brings, on its own machine or behind an endpoint.
 */
export type Embed = (texts: readonly string[]) => Promise<readonly ArrayLike<number>[]>;
