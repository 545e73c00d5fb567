export { type Answer, createHandler, type Handler, type HandlerOptions } from "./create-handler.ts";
export type { Authorize, Caller } from "./identify-caller.ts";
export type { IncomingRequest } from "./incoming-request.ts";
