import { memoryStore } from "@heed/core";
import { testStore } from "@heed/store-testing";

const oneHandle = "what is in memory has one handle, and is gone with it";

testStore("memoryStore()", () => memoryStore(), {
  skip: {
    "what one handle appended, removed or erased, the other knows": oneHandle,
    "overlapping appends through two handles at once store each key once": oneHandle,
    "of overlapping appends through two handles at once, one alone is answered `stored`": oneHandle,
    "analyses through one handle see what the other did": oneHandle,
    "closing one handle leaves the other open": oneHandle,
    "what was stored is there after the store was closed and opened again": oneHandle,
    "setting up again is harmless, also from two handles at once": oneHandle,
  },
  runs: 10,
});
