import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on a free port, and tells the benchmark the port, and its own CPU time whenever asked. */
export const announce = (server: Server): void => {
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on("message", () =>
    process.send?.({ cpu: process.cpuUsage(), peakKb: process.resourceUsage().maxRSS }),
  );
};
