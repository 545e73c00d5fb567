import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chatPlugin } from "../chat/chat-plugin.ts";

export default defineConfig({ plugins: [react(), chatPlugin()] });
