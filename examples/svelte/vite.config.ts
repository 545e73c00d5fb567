import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { chatPlugin } from "../chat/chat-plugin.ts";

export default defineConfig({ plugins: [svelte(), chatPlugin()] });
