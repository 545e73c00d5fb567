import { defineConfig } from "vite";
import { chatPlugin } from "../chat/chat-plugin.ts";

export default defineConfig({ plugins: [chatPlugin()] });
