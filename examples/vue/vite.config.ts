import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { chatPlugin } from "../chat/chat-plugin.ts";

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("heed-") } } }),
    chatPlugin(),
  ],
});
