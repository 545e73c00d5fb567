/**
 * The URL of a file that lies beside this one, as `page/index.html` does in the sources and in the bundle
 * alike.
 */
export const packageFile = (path: string): URL => new URL(path, import.meta.url);
