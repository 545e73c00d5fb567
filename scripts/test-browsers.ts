import { findChromium } from "./find-chromium.ts";
import { findFirefox } from "./find-firefox.ts";
import { findWebKit } from "./find-webkit.ts";
import { isRootOnDebian } from "./is-root-on-debian.ts";

/** The browsers of the tests: where each is found, and what brings it. */
export const testBrowsers = [
  {
    name: "Chromium",
    find: findChromium,
    variable: "CHROMIUM_PATH",
    debianPackages: ["chromium"],
    /** Whether tests fail without it, and not only skip what they would say of it. */
    isRequired: true,
  },
  {
    name: "Firefox",
    find: findFirefox,
    variable: "FIREFOX_PATH",
    debianPackages: ["firefox-esr"],
    isRequired: isRootOnDebian(),
  },
  {
    name: "WebKit",
    find: findWebKit,
    variable: "WEBKIT_DRIVER_PATH",
    debianPackages: ["webkit2gtk-driver", "xvfb"],
    isRequired: isRootOnDebian(),
  },
] as const;
