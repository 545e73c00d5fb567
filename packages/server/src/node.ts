export { type Listening, type ListenOptions, listen } from "./node/listen.ts";
export { type NodeListener, toNodeListener } from "./node/to-node-listener.ts";
