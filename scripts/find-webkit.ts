import { existsSync } from "node:fs";

const display = "/usr/bin/Xvfb";

/**
 * WebKitGTK's WebDriver, `WEBKIT_DRIVER_PATH` or the system's, and the X server that shows its windows to nobody, as it
 * cannot do without windows.
 */
export const findWebKit = (): { readonly driver: string; readonly display: string } | undefined => {
  const driver = [process.env.WEBKIT_DRIVER_PATH, "/usr/bin/WebKitWebDriver"].find(
    (path) => path !== undefined && existsSync(path),
  );
  return driver !== undefined && existsSync(display) ? { driver, display } : undefined;
};
